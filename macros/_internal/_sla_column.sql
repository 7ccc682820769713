{#- The time that a test reads, in seconds since 1970: of a column, or of the one that a loader writes. -#}
{% macro _sla_column(macro, column, preset) %}
    {%- if (column is none) == (preset is none) -%}
        {{ headwater._raise_argument(
            macro, "column", "either the name of a column or 'preset'",
            "neither" if column is none else "both"
        ) }}
    {%- elif preset is not none -%}
        {{ return(headwater.epoch_seconds(headwater.sync_time(preset))) }}
    {%- endif -%}
    {%- do headwater._check_name(macro, "column", column) -%}
    {{ return(headwater.epoch_seconds(headwater.quote_identifier(column))) }}
{% endmacro %}
