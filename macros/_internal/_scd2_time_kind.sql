{#- A type of times without its precision, which dbt's snapshots lose where an open end is written. -#}
{% macro _scd2_time_kind(type) %}
    {{ return(modules.re.sub("[(]\\d+[)]|_(s|ms|ns)$", "", type | lower)) }}
{% endmacro %}
