{#-
    What a strategy alone can't do, dbt's statements must: read one row of several, and say when a row
    was missed in UTC where no statement can set the zone. Nothing, or an error that names the setting.
-#}
{% macro _check_snapshot_guard(reading) %}
    {%- if "headwater" in snapshot_get_time() -%} {{ return("") }} {%- endif -%}
    {%- set hint = "put headwater before dbt in its search order: dispatch: [{macro_namespace: dbt, "
    ~ "search_order: [" ~ project_name ~ ", headwater, dbt]}]" -%}
    {%- if reading.options.on_duplicate_key == "dedup" -%}
        {{ headwater._raise_argument(
            reading.macro, "on_duplicate_key", "'error', without the guards of this package",
            "the string 'dedup'", hint
        ) }}
    {%- elif reading.deletes != "ignore" and not headwater.set_utc() -%}
        {%- call statement("headwater_zone", fetch_result=true) -%}
            select case when {{ snapshot_get_time() }} = {{ headwater.utc_now() }} then 1 else 0 end
        {%- endcall -%}
        {%- if not load_result("headwater_zone").data[0][0] -%}
            {{ headwater._raise_argument(
                reading.macro, "hard_deletes", "a session in UTC, in which dbt says when a row was missed",
                "a session in another time zone", hint
            ) }}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}
