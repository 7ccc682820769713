{% macro run_log_purge(keep_days, dry_run=true) %}
    {%- if keep_days is not number or keep_days is boolean or keep_days < 1 -%}
        {{ headwater._raise_argument(
            "run_log_purge", "keep_days", "a number of days, at least 1", headwater._describe(keep_days)
        ) }}
    {%- endif -%}
    {%- do headwater._check_choice("run_log_purge", "dry_run", dry_run, [true, false]) -%}
    {%- if execute -%}
        {%- set since = modules.datetime.datetime.now(modules.pytz.utc)
            - modules.datetime.timedelta(days=keep_days) -%}
        {%- set invocations = headwater.get_run_log_relation("invocations") -%}
        {%- set old = "(select invocation_id from " ~ invocations ~ " where started_at < "
            ~ "cast('" ~ headwater._run_log_moment(since) ~ "' as " ~ dbt.type_timestamp() ~ ")" ~ ")" -%}
        {%- set count = run_query("select count(*) from " ~ old ~ " as old").rows[0][0] -%}
        {%- if not dry_run -%}
            {%- do run_query("begin") -%}
            {%- for table in ["nodes", "tests", "sources", "invocations"] -%}
                {%- do run_query(
                    "delete from " ~ headwater.get_run_log_relation(table)
                    ~ " where invocation_id in " ~ old
                ) -%}
            {%- endfor -%}
            {%- do run_query("commit") -%}
        {%- endif -%}
        {%- do log(
            "headwater.run_log_purge(): " ~ count ~ " invocations before "
            ~ since.strftime("%Y-%m-%d %H:%M") ~ " UTC"
            ~ ("; nothing deleted (dry_run)" if dry_run else " deleted"), info=true
        ) -%}
    {%- endif -%}
{% endmacro %}
