{#- The columns by which a change is seen: those that both have, less the key, time and excluded ones. -#}
{% macro _snapshot_compared(reading, stored) %}
    {%- set options, compared = reading.options, [] -%}
    {%- set left_out = reading.key_names + options.exclude_cols + reading.names.values() | list -%}
    {%- set left_out = left_out + [reading.updated.name] -%}
    {%- for column in reading.known -%}
        {%- if headwater._known_column(column.name, stored) is not none -%}
            {%- if options.check_cols == "all" and column.name not in left_out -%}
                {%- do compared.append(column.name) -%}
            {%- elif options.check_cols != "all" and column.name in options.check_cols -%}
                {%- do compared.append(column.name) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(compared) }}
{% endmacro %}
