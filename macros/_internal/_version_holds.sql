{#- A condition: a version out of _versions() holds at a moment. -#}
{% macro _version_holds(moment, alias, options) %}
    {%- set begun = alias ~ ".hw_from <= " ~ moment -%}
    {%- if options.missing == "first" -%}
        {%- set begun = (
            "(" ~ begun ~ " or (" ~ alias ~ ".hw_is_first = 1 and " ~ moment ~ " is not null))"
        ) -%}
    {%- endif -%}
    {{ return(
        begun ~ " and (" ~ alias ~ ".hw_to is null or " ~ moment ~ " < " ~ alias ~ ".hw_to)"
    ) }}
{% endmacro %}
