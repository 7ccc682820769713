{#- When a step of a result (`compile` or `execute`) began and ended, and its seconds; or nothing. -#}
{% macro _run_log_span(result, step) %}
    {%- for each in result.timing or [] if each.name == step and each.started_at -%}
        {%- set seconds = (each.completed_at - each.started_at).total_seconds()
            if each.completed_at and each.started_at is not string -%}
        {{ return({"start": each.started_at, "end": each.completed_at, "seconds": seconds}) }}
    {%- endfor -%}
    {{ return({}) }}
{% endmacro %}
