{#- Takes all rows away, unless there is nothing to put in their place. -#}
{% macro _scd2_empty(run, rows) %}
    {%- if (not rows or run.is_partial) and run.options.on_empty_batch != "delete" -%}
        {%- set has_rows = run_query("select 1 from " ~ run.target ~ " limit 1").rows | length -%}
        {%- if has_rows -%}
            {{ headwater._raise_argument(
                "scd2", "on_empty_batch", "rows from which " ~ run.target ~ " can be built anew",
                "--full-refresh with " ~ (
                    "--empty or --sample" if run.is_partial else "an empty batch"
                ),
                "on_empty_batch: delete empties the history"
            ) }}
        {%- endif -%}
    {%- endif -%}
    {%- call statement("headwater_empty") -%}
        {{ headwater.empty_statement(run.target, run.facts) }}
    {%- endcall -%}
{% endmacro %}
