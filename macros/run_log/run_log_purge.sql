{% macro run_log_purge(keep_days, dry_run=true) %}
    {%- do headwater._run_log_check_days("run_log_purge", "keep_days", keep_days, least=1) -%}
    {%- do headwater._check_choice("run_log_purge", "dry_run", dry_run, [true, false]) -%}
    {%- if execute -%}
        {%- do headwater._run_log_check_there("run_log_purge") -%}
        {%- set since = modules.datetime.datetime.now(modules.pytz.utc)
            - modules.datetime.timedelta(days=keep_days) -%}
        {%- set invocations = headwater.get_run_log_relation("invocations") -%}
        {%- set old = "(select invocation_id from " ~ invocations ~ " where started_at < "
            ~ "cast('" ~ headwater._run_log_moment(since) ~ "' as " ~ dbt.type_timestamp() ~ ")" ~ ")" -%}
        {%- set count = run_query("select count(*) from " ~ old ~ " as old").rows[0][0] -%}
        {%- if not dry_run -%}
            {#- In dbt's own transaction: it may have begun one when it looked for the tables. -#}
            {%- for table in ["nodes", "tests", "sources", "invocations"] -%}
                {%- set relation = headwater.get_run_log_relation(table) -%}
                {%- set text = "delete from " ~ relation ~ " where invocation_id in " ~ old -%}
                {%- if load_relation(relation) is not none -%}
                    {%- call statement("headwater_run_log", auto_begin=true) -%}
                        {{ text }}
                    {%- endcall -%}
                {%- endif -%}
            {%- endfor -%}
            {%- do adapter.commit() -%}
        {%- endif -%}
        {%- do log(
            "headwater.run_log_purge(): " ~ count ~ " invocations before "
            ~ since.strftime("%Y-%m-%d %H:%M") ~ " UTC"
            ~ ("; nothing deleted (dry_run)" if dry_run else " deleted"), info=true
        ) -%}
    {%- endif -%}
{% endmacro %}
