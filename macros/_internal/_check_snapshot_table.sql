{#-
    Nothing, or an error unless the table is a snapshot's, and each key has one open version at most: a
    second one would be followed by a version of its own.
-#}
{% macro _check_snapshot_table(reading, stored) %}
    {%- set missing = [] -%}
    {%- for meta, name in reading.names.items() if meta != "dbt_is_deleted" or reading.deletes == "new_record" -%}
        {%- if stored | map(attribute="name") | map("lower") | select("equalto", name | lower) | list == [] -%}
            {%- do missing.append(name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if missing -%}
        {{ headwater._raise_argument(
            reading.macro, "this", "a table with the columns that a snapshot keeps", this ~ " without " ~ missing | join(", "),
            "name them with snapshot_meta_column_names; or add them; or rename the table, and the snapshot begins anew"
        ) }}
    {%- endif -%}
    {%- set twice -%}
        select {{ reading.key }} as hw_key, count(*) as hw_versions
        from {{ this }} as stored
        where {{ headwater._snapshot_open(reading, "stored") }}
        group by {{ reading.key }}
        having count(*) > 1
    {%- endset -%}
    {%- call statement("headwater_twice", fetch_result=true) -%}
        select count(*) from ({{ twice }}) as twice
    {%- endcall -%}
    {%- set keys = load_result("headwater_twice").data[0][0] | int -%}
    {%- if keys -%}
        {%- set values, told = [], [] -%}
        {%- for part in reading.parts -%}
            {%- do values.append("coalesce(cast(" ~ part ~ " as " ~ dbt.type_string() ~ "), 'NULL')") -%}
        {%- endfor -%}
        {%- call statement("headwater_keys", fetch_result=true) -%}
            select distinct {{ values | join(" || ', ' || ") }}, hw_versions
            from (select *, {{ reading.key }} as hw_key from {{ this }}) as stored
            inner join ({{ twice }}) as twice on twice.hw_key = stored.hw_key
            order by 1
            limit 5
        {%- endcall -%}
        {%- for row in load_result("headwater_keys").data -%}
            {%- do told.append(row[1] ~ " of " ~ row[0]) -%}
        {%- endfor -%}
        {{ headwater._raise_argument(
            reading.macro, "this", "one open version per " ~ config.get("unique_key") | join(", ") if config.get("unique_key") is not string
            else "one open version per " ~ config.get("unique_key"), told | join("; ") ~ " in " ~ this,
            "the test scd2_valid finds them all, and what overlaps; close or delete all but one of each"
        ) }}
    {%- endif -%}
{% endmacro %}
