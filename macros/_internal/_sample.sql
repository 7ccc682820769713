{#-
    The window of `--sample`, or none: dbt gives it to the arguments of the invocation, and not to
    `flags`.
-#}
{% macro _sample() %}
    {%- set given = invocation_args_dict if invocation_args_dict is mapping else {} -%}
    {{ return(flags.SAMPLE or given.get("sample") or none) }}
{% endmacro %}
