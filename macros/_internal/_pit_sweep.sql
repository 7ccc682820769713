{#-
    A point-in-time join by sorting: facts and versions stand in one order by key and time, and the
    highest number of a version so far is the one that has begun last. Each row is handled once, however
    many versions a key has, NULL is a key like any other, and no fact can come twice.

    A mapping: `versions` and `select`, two selects of which the second reads the first as
    headwater_versions, and `where`.
-#}
{% macro _pit_sweep(spine, history, key, at, wanted, options) %}
    {%- set facts, blanks, shown, keys, left_keys = [], [], [], [], [] -%}
    {%- for column in headwater._known_columns(spine) -%}
        {%- do facts.append(headwater.column_reference(column.name, "headwater_spine")) -%}
        {#- Without its type a NULL would take away the length of a text or number above it. -#}
        {%- do blanks.append("cast(null as " ~ column.type ~ ")") -%}
        {%- do shown.append("placed." ~ headwater.quote_identifier(column.name)) -%}
    {%- endfor -%}
    {%- set where = [] -%}
    {%- for left, right in key -%}
        {%- do keys.append("hw_key_" ~ loop.index) -%}
        {%- do left_keys.append(
            headwater.column_reference(left, "headwater_spine") ~ " as " ~ keys[-1]
        ) -%}
        {%- if options.null_keys == "never" -%}
            {%- do where.append(headwater.column_reference(right, history.alias) ~ " is not null") -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for name, result in wanted.items() -%}
        {%- do shown.append(headwater._or_unknown(
            "headwater_versions." ~ headwater.quote_identifier(name), result,
            "headwater_versions.hw_found", options
        )) -%}
    {%- endfor -%}
    {%- set versions = headwater._versions(
        history, key | map(attribute=1) | list, options, "versions", where, "'-infinity'"
    ) -%}
    {%- set select -%}
        select {{ shown | join(",\n            ") }}
        from
            (
                select
                    both_kinds.*,
                    max(hw_version) over (
                        partition by {{ keys | join(", ") }}
                        order by hw_from, hw_is_fact
                        rows unbounded preceding
                    ) as hw_last_version
                from
                    (
                        select
                            {{ facts | join(", ") }},
                            {{ left_keys | join(", ") }},
                            {{ headwater.column_reference(at, "headwater_spine") }} as hw_from,
                            1 as hw_is_fact,
                            cast(null as bigint) as hw_version
                        from {{ headwater._source_as(spine, "headwater_spine") }}
                        union all
                        select {{ (blanks + keys) | join(", ") }}, hw_from, 0, hw_version
                        from headwater_versions
                    ) as both_kinds
            ) as placed
        {{ "inner" if options.missing == "drop" else "left" }} join headwater_versions
            on headwater_versions.hw_version = placed.hw_last_version
            and headwater_versions.hw_from <= placed.hw_from
            and (headwater_versions.hw_to is null or placed.hw_from < headwater_versions.hw_to)
    {%- endset -%}
    {{ return({
        "versions": "select versions.*, row_number() over (order by versions.hw_from) as hw_version"
        ~ "\n            from " ~ versions,
        "select": select, "where": "placed.hw_is_fact = 1",
    }) }}
{% endmacro %}
