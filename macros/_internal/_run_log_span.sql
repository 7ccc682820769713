{#- When a result began and ended, and the seconds of compiling, as far as its steps tell. -#}
{% macro _run_log_span(result) %}
    {%- set found = {} -%}
    {%- for each in result.timing or [] if each.started_at -%}
        {%- do found.update({each.name: each}) -%}
    {%- endfor -%}
    {%- set compile, execute = found.compile or {}, found.execute or {} -%}
    {%- set seconds = (compile.completed_at - compile.started_at).total_seconds()
        if compile.completed_at and compile.started_at is not string -%}
    {{ return({
        "start": compile.started_at or execute.started_at,
        "end": execute.completed_at or compile.completed_at, "compile_seconds": seconds,
    }) }}
{% endmacro %}
