{% macro run_log_export(days=30) %}
    {%- do headwater._run_log_check_days("run_log_export", "days", days) -%}
    {%- if execute -%}
        {%- do headwater._run_log_check_there("run_log_export") -%}
        {%- set since = modules.datetime.datetime.now(modules.pytz.utc)
            - modules.datetime.timedelta(days=days) -%}
        {%- set invocations = headwater.get_run_log_relation("invocations") -%}
        {%- set recent = " in (select invocation_id from " ~ invocations ~ " where started_at >= "
            ~ "cast('" ~ headwater._run_log_moment(since) ~ "' as " ~ dbt.type_timestamp() ~ ")" ~ ")" -%}
        {%- for table, columns in headwater._run_log_columns().items() -%}
            {%- set rows = run_query(
                "select " ~ headwater.get_quoted_identifiers(columns.keys() | list) | join(", ")
                ~ " from " ~ headwater.get_run_log_rows(table)
                ~ " as logged where invocation_id" ~ recent ~ " order by invocation_id"
                ~ (", node_id" if table != "invocations" else "")
            ).rows -%}
            {%- for row in rows -%}
                {%- set line = {"table": table} -%}
                {%- for name, kind in columns.items() -%}
                    {%- set value = row[loop.index0] -%}
                    {%- if kind == "number" and value is not none -%}
                        {%- set value = value | int -%}
                    {%- elif kind == "seconds" and value is not none -%}
                        {%- set value = value | float -%}
                    {%- elif kind == "time" and value is not none and value is not string -%}
                        {%- set value = value.strftime("%Y-%m-%dT%H:%M:%S.%fZ") -%}
                    {%- endif -%}
                    {%- do line.update({name: value}) if value is not none -%}
                {%- endfor -%}
                {%- do print(tojson(line)) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}
