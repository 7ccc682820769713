{#- The steps of a path into JSON: names of members, and '*' for the elements of an array. -#}
{% macro _json_steps(path) %}
    {%- set steps = [] -%}
    {%- if path is string -%}
        {%- set plain = path[2:] if path.startswith("$.") else path -%}
        {%- for part in plain.replace("[*]", ".[*]").lstrip(".").split(".") -%}
            {%- do steps.append("*" if part == "[*]" else {"name": part}) -%}
        {%- endfor -%}
    {%- elif path is iterable and path is not mapping -%}
        {%- for part in path -%} {%- do steps.append("*" if part == "[*]" else {"name": part}) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- for step in steps if step is mapping -%}
        {%- if step.name is not string or not step.name or modules.re.search("[\"\\\\\\[\\]]", step.name) -%}
            {%- do steps.clear() -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not steps -%}
        {{ headwater._raise_argument(
            "mask_json", "paths",
            "paths such as 'email' or 'orders[*].address.street', or lists of their steps",
            headwater._describe(path)
        ) }}
    {%- endif -%}
    {{ return(steps) }}
{% endmacro %}
