{#- One sort item as a mapping, empty when it is not one. -#}
{% macro _sort_item(given) %}
    {%- if given is string and given | trim -%}
        {%- set direction = modules.re.search("(?i)\\s+(asc|desc)\\s*$", given) -%}
        {{ return({
            "name": given[: direction.start()] if direction else given,
            "is_descending": direction is not none and direction.group(1) | lower == "desc",
        }) }}
    {%- elif given is mapping -%}
        {%- set direction = given.get("direction", "asc") -%}
        {%- set written = given.get("column") or given.get("expression") -%}
        {%- set names = given | list | reject("equalto", "direction") | list -%}
        {%- if names in [["column"], ["expression"]] and written is string and written | trim
            and direction in ["asc", "desc"] -%}
            {{ return({
                "name": given.get("column"), "value": "(" ~ written ~ ")",
                "is_descending": direction == "desc",
            }) }}
        {%- endif -%}
    {%- endif -%}
    {{ return({}) }}
{% endmacro %}
