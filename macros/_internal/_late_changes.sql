{#-
    A table of the keys whose row has changed without a later time (NULL, equal, earlier), or that come
    back from a deletion with an old one: what was seen only now begins now. None when there is no such key.
-#}
{% macro _late_changes(reading, changed) %}
    {%- set late = headwater._batch_relation(this, "_l") -%}
    {%- set begin = "stored." ~ reading.names.dbt_valid_from -%}
    {%- set end = "stored." ~ reading.names.dbt_valid_to -%}
    {#- A key may be an expression, which is worked out where no other table has its columns. -#}
    {%- set known = "(select *, " ~ reading.key ~ " as hw_key from " ~ this ~ ")" -%}
    {%- set query -%}
        with
            given as (
                select *, {{ reading.key }} as hw_key, {{ reading.moment }} as hw_at
                from {{ reading.batch }}
            )

        select
            given.hw_key,
            greatest({{ reading.now }}, {{ begin }} + interval '1 microsecond') as hw_at,
            1 as hw_is_change
        from {{ known }} as stored
        inner join given on given.hw_key = stored.hw_key
        where
            {{ headwater._snapshot_open(reading, "stored") }}
            and given.hw_at <= {{ begin }}
            and ({{ changed }} or {{ headwater._snapshot_gone(reading, "stored") }})
        union all
        select given.hw_key, greatest({{ reading.now }}, max({{ end }})) as hw_at, 0 as hw_is_change
        from {{ known }} as stored
        inner join given on given.hw_key = stored.hw_key
        where
            not {{ headwater._snapshot_open(reading, "stored") }}
            and not exists (
                select 1
                from {{ known }} as other
                where
                    other.hw_key = given.hw_key
                    and {{ headwater._snapshot_open(reading, "other") }}
            )
        group by given.hw_key, given.hw_at
        having given.hw_at < max({{ end }})
    {%- endset -%}
    {%- call statement("headwater_late") -%} {{ headwater.stage_rows(late, query) }} {%- endcall -%}
    {%- call statement("headwater_late_count", fetch_result=true) -%}
        select count(*), coalesce(sum(hw_is_change), 0) from {{ late }}
    {%- endcall -%}
    {%- set row = load_result("headwater_late_count").data[0] -%}
    {%- if row[1] | int and reading.options.on_late == "error" -%}
        {{ headwater._raise_argument(
            reading.macro, "on_late",
            "a later " ~ config.get("updated_at", "time") ~ " where a row has changed (on_late: error)",
            row[1] ~ " rows that changed without one"
        ) }}
    {%- endif -%}
    {{ return(late if row[0] | int else none) }}
{% endmacro %}
