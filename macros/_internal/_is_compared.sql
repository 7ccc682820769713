{#- Whether a change in a column of a snapshot's query counts: not in the key, the time, or what is excluded. -#}
{% macro _is_compared(reading, name) %}
    {%- set options = reading.options -%}
    {%- set left_out = reading.key_names + options.exclude_cols + reading.names.values() | list -%}
    {%- if options.check_cols != "all" -%} {{ return(name in options.check_cols) }} {%- endif -%}
    {{ return(name not in left_out + [reading.updated.name]) }}
{% endmacro %}
