{#- An option as a list of column names; one name may stand alone, as dbt's own configs allow. -#}
{% macro _option_list(macro, name) %}
    {%- set value = headwater._option(name, []) -%}
    {%- if value is string and value | trim and "," not in value -%}
        {%- set value = [value] -%}
    {%- endif -%}
    {%- if value -%} {%- do headwater._check_column_list(macro, name, value) -%} {%- endif -%}
    {{ return(value | list) }}
{% endmacro %}
