{#- What stands in valid_to of an open version, as SQL; none where that is NULL. -#}
{% macro _open_end(macro, value) %}
    {%- if value is none or value is undefined -%} {{ return(none) }} {%- endif -%}
    {%- if value is not string or not value | trim -%}
        {{ headwater._raise_argument(
            macro, "open_end",
            "none for NULL, 'infinity', a time such as '9999-12-31', or an SQL expression",
            headwater._describe(value)
        ) }}
    {%- endif -%}
    {%- if value | trim | lower == "null" -%} {{ return(none) }} {%- endif -%}
    {%- if value | trim | lower == "infinity" -%} {{ return("'infinity'") }} {%- endif -%}
    {{ return(headwater._instant(macro, "open_end", value)) }}
{% endmacro %}
