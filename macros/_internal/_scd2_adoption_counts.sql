{#- How many versions there are (rows), that break a rule (broken), that ended without another (ends). -#}
{% macro _scd2_adoption_counts(relation, key, history) %}
    {%- set row = run_query(
        "select count(*), coalesce(sum(case when " ~ history.begin ~ " is null or headwater_until < " ~ history.begin ~ " or headwater_later <= "
        ~ history.begin ~ " or (headwater_later is not null and (headwater_until is null or headwater_until > "
        ~ "headwater_later)) then 1 else 0 end), 0), coalesce(sum(case when headwater_until is not null and "
        ~ "(headwater_later is null or headwater_later > headwater_until) then 1 else 0 end), 0) from ("
        ~ headwater._scd2_placed_versions(relation, key, history) ~ ") as placed"
    ).rows[0] -%}
    {{ return({"rows": row[0] | int, "broken": row[1] | int, "ends": row[2] | int}) }}
{% endmacro %}
