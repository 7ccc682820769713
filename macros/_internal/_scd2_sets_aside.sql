{#- Whether some bad rows go to the quarantine, so that events are staged before they are compared. -#}
{% macro _scd2_sets_aside(run) %}
    {%- set options = run.options -%}
    {{ return(
        "quarantine" in [options.on_null_time, options.on_future_time]
        or (options.on_null_key == "quarantine" and not run.batch)
    ) }}
{% endmacro %}
