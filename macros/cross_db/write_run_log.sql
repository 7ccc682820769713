{% macro write_run_log(tables, rows) %}
    {{ return(adapter.dispatch("write_run_log", "headwater")(tables, rows)) }}
{% endmacro %}

{#
    Where no statement can catch the error of another, everything that could go wrong is looked at first.
    What is left is what would have ended the run before.
#}
{% macro default__write_run_log(tables, rows) %}
    {%- set fitting = headwater._run_log_fitting(tables) -%}
    {%- set problem = fitting.problem or headwater.run_log_obstacle(tables, rows, fitting) -%}
    {%- if problem -%} {{ return(problem) }} {%- endif -%}
    {%- set statements = fitting.statements
        + (headwater._run_log_deletes(tables) if fitting.has_invocation else [])
        + headwater._run_log_inserts(tables, rows) -%}
    {#- In dbt's own transaction: it may have begun one when it looked at the tables. -#}
    {%- for text in statements -%}
        {%- call statement("headwater_run_log", auto_begin=true) -%} {{ text }} {%- endcall -%}
    {%- endfor -%}
    {%- do adapter.commit() -%}
    {{ return("") }}
{% endmacro %}

{#
    A block catches its own error and takes back what it did; its message stays in a setting of the
    transaction. `others` does not include a statement that was cancelled.
#}
{% macro postgres__write_run_log(tables, rows) %}
    {%- set inserts = headwater._run_log_inserts(tables, rows) -%}
    {%- set deletes = headwater._run_log_deletes(tables) -%}
    {%- set tag = "$headwater_" ~ local_md5(invocation_id) ~ "$" -%}
    {%- set begin -%}
        set local lock_timeout = '10s';
        {{ headwater._run_log_tables_in_plpgsql(tables) }}
        if exists (
            select from {{ tables.invocations }}
            where invocation_id = {{ headwater.text_literal(invocation_id) }}
        ) then
            {{ deletes | join(";\n") }};
        end if;
    {%- endset -%}
    {#- One block for each ten inserts: no statement grows beyond some megabytes. -#}
    {%- set problem = namespace(text="") -%}
    {%- for part in inserts | batch(10) -%}
        {%- set block -%}
            do {{ tag }}
            begin
                {{ begin if loop.first }}
                {{ part | join(";\n") }};
            exception when query_canceled or others then
                perform set_config('headwater.run_log', coalesce(nullif(sqlerrm, ''), sqlstate), true);
            end
            {{ tag }};
            select current_setting('headwater.run_log', true)
        {%- endset -%}
        {%- if not problem.text -%}
            {%- set problem.text = run_query(block).rows[0][0] or "" -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do run_query("rollback" if problem.text else "commit") -%}
    {{ return(problem.text) }}
{% endmacro %}

{% macro redshift__write_run_log(tables, rows) %}
    {{ return(headwater.default__write_run_log(tables, rows)) }}
{% endmacro %}

{# A block of Snowflake's scripting catches its own error. #}
{% macro snowflake__write_run_log(tables, rows) %}
    {%- set fitting = headwater._run_log_fitting(tables) -%}
    {%- if fitting.problem -%} {{ return(fitting.problem) }} {%- endif -%}
    {%- set statements = fitting.statements + ["begin transaction"]
        + (headwater._run_log_deletes(tables) if fitting.has_invocation else [])
        + headwater._run_log_inserts(tables, rows) + ["commit"] -%}
    {%- set block -%}
        execute immediate {{ headwater.text_literal(
            "begin\n" ~ statements | join(";\n") ~ ";\nreturn '';\nexception when other then rollback;"
            ~ "\nreturn sqlerrm;\nend"
        ) }}
    {%- endset -%}
    {{ return(run_query(block).rows[0][0] or "") }}
{% endmacro %}

{# Tables are made before the transaction, which allows none. #}
{% macro bigquery__write_run_log(tables, rows) %}
    {%- set fitting = headwater._run_log_fitting(tables) -%}
    {%- if fitting.problem -%} {{ return(fitting.problem) }} {%- endif -%}
    {%- set statements = fitting.statements + ["begin transaction"]
        + (headwater._run_log_deletes(tables) if fitting.has_invocation else [])
        + headwater._run_log_inserts(tables, rows) + ["commit transaction", "select ''"] -%}
    {%- set block -%}
        begin
            {{ statements | join(";\n") }};
        exception when error then
            select @@error.message;
        end
    {%- endset -%}
    {{ return(run_query(block).rows[0][0] or "") }}
{% endmacro %}
