{#- late: stops with an error, or moves the news that are older than what is known of their key away. -#}
{% macro _scd2_check_late(run) %}
    {%- set condition = "headwater_origin = 2 and headwater_from < headwater_known_until" -%}
    {%- set count = run_query("select count(*) from " ~ run.e ~ " where " ~ condition).rows[0][0] | int -%}
    {%- if count and run.options.late == "reject" -%}
        {{ headwater._raise_argument(
            "scd2", "late", "no row older than what is known of its key (late: reject)",
            count ~ " late rows"
        ) }}
    {%- elif count -%} {%- do headwater._scd2_set_aside(run, run.e, condition, "late") -%}
    {%- endif -%}
{% endmacro %}
