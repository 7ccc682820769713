{#- A threshold of dbt's, `count` and `period`, in seconds; none without a count. -#}
{% macro _run_log_seconds(threshold) %}
    {%- if not threshold or not threshold.count -%} {{ return(none) }} {%- endif -%}
    {%- set sizes = {"minute": 60, "hour": 3600, "day": 86400} -%}
    {{ return(threshold.count * sizes.get(threshold.period | string, 0)) }}
{% endmacro %}
