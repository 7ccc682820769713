{#-
    Refuses a query that lacks more keys than may be deleted at once: an empty source, one that is
    loaded in part. Rows that are left out on purpose (--empty) delete nothing; what they are (--sample)
    can't be a snapshot.
-#}
{% macro _check_snapshot_deletes(reading) %}
    {%- if reading.deletes == "ignore" -%} {{ return("") }} {%- endif -%}
    {%- if headwater._sample() -%}
        {{ headwater._raise_argument(
            reading.macro, "hard_deletes", "all rows of the source", "--sample",
            "a key that the sample leaves out would be closed"
        ) }}
    {%- endif -%}
    {%- if headwater._is_partial() -%}
        {%- do exceptions.warn(
            "headwater." ~ reading.macro ~ "(): " ~ this ~ " is left as it is: --empty leaves out every row"
        ) -%}
        {%- do reading.update({"deletes": "ignore"}) -%}
        {{ return("") }}
    {%- endif -%}
    {%- call statement("headwater_gone", fetch_result=true) -%}
        select count(*), coalesce(sum(case when given.hw_key is null then 1 else 0 end), 0)
        from
            (
                select {{ reading.key }} as hw_key
                from {{ this }} as stored
                where
                    {{ headwater._snapshot_open(reading, "stored") }}
                    and not ({{ headwater._snapshot_gone(reading, "stored") }})
            ) as stored
        left join
            (select distinct {{ reading.key }} as hw_key from {{ reading.batch }}) as given
            on given.hw_key = stored.hw_key
    {%- endcall -%}
    {%- set row = load_result("headwater_gone").data[0] -%}
    {%- set live, gone = row[0] | int, row[1] | int -%}
    {%- if live and not reading.rows and not reading.options.allow_empty_source -%}
        {{ headwater._raise_argument(
            reading.macro, "allow_empty_source", "rows in the source of " ~ this,
            "none, which would close " ~ live ~ " current rows"
        ) }}
    {%- elif reading.rows and gone > live * reading.options.max_delete_ratio -%}
        {{ headwater._raise_argument(
            reading.macro, "max_delete_ratio",
            "a source that lacks at most " ~ reading.options.max_delete_ratio ~ " of the current keys",
            gone ~ " of " ~ live ~ " keys missing"
        ) }}
    {%- endif -%}
{% endmacro %}
