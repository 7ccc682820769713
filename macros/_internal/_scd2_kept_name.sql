{#- The table of the events that made no version, beside a history. -#}
{% macro _scd2_kept_name(history) %}
    {{ return(headwater._side_name(history.identifier, "_kept_events")) }}
{% endmacro %}
