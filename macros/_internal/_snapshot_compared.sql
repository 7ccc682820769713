{#- The columns by which a change is seen: those that both have, less the key, time and excluded ones. -#}
{% macro _snapshot_compared(reading, stored) %}
    {%- set compared = [] -%}
    {%- for column in reading.known if headwater._is_compared(reading, column.name) -%}
        {%- if headwater._known_column(column.name, stored) is not none -%}
            {%- do compared.append(column.name) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(compared) }}
{% endmacro %}
