{% macro erase_subject(dry_run=true) %}
    {%- do headwater._check_flag("erase_subject", "dry_run", dry_run) -%}
    {%- if execute -%}
        {%- set plan = headwater._erasure_plan(headwater.hold_subject()) -%}
        {%- for table in plan.tables -%}
            {%- set found = "select count(*) from " ~ table.relation ~ " where " ~ table.condition -%}
            {%- do log(
                "headwater.erase_subject(): " ~ ("would " if dry_run else "") ~ table.action ~ " "
                ~ run_query(found).columns[0].values()[0] ~ " rows of " ~ table.name
                ~ (": " ~ table.redacted | join(", ") if table.redacted), info=true
            ) -%}
        {%- endfor -%}
        {%- for said in plan.notes -%}
            {%- do log("headwater.erase_subject(): " ~ said, info=true) -%}
        {%- endfor -%}
        {%- if dry_run -%}
            {%- do log("headwater.erase_subject(): a dry run, nothing is changed; dry_run: false erases", info=true) -%}
        {%- else -%}
            {%- set statements = headwater._erasure_statements(plan) -%}
            {#- DuckDB writes one file in a transaction; a second run completes what the first began. -#}
            {%- if var("masking_database", none) -%}
                {%- do headwater.run_in_silence(statements[0]) -%}
                {%- do headwater.run_in_silence(statements[1]) -%}
            {%- else -%} {%- do headwater.run_in_silence(statements[0] + statements[1]) -%}
            {%- endif -%}
            {%- do log("headwater.erase_subject(): done, and noted in the suppression list", info=true) -%}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}
