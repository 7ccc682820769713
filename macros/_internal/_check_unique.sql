{#- Nothing, or an error when the table already has more than one row of some key. -#}
{% macro _check_unique(run, columns) %}
    {%- set names = headwater.get_quoted_identifiers(columns) | join(", ") -%}
    {%- call statement("headwater_unique", fetch_result=true) -%}
        select count(*)
        from (select 1 from {{ run.target }} group by {{ names }} having count(*) > 1) as repeated
    {%- endcall -%}
    {%- set count = load_result("headwater_unique").data[0][0] | int -%}
    {%- if count -%}
        {{ headwater._raise_argument(
            run.macro, "unique_key",
            "a table with one row per " ~ columns | join(", "),
            count ~ " keys with several rows in " ~ run.target,
            "remove them, or build the table anew with --full-refresh"
        ) }}
    {%- endif -%}
{% endmacro %}
