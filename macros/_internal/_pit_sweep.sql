{#-
    A point-in-time join by sorting: facts and versions stand in one order by key and time, and the
    highest number of a version so far is the one that has begun last. Each row is handled once, however
    many versions a key has, NULL is a key like any other, and no fact can come twice. (hw_found is always
    1. Postgres, which knows nothing of a number out of a window, takes it for rare, and so joins by hash
    instead of sorting all facts once more.)

    A mapping: `versions` and `select`, two selects of which the second reads the first as
    headwater_versions, and `where`.
-#}
{% macro _pit_sweep(spine, history, key, at, wanted, options) %}
    {%- set known = headwater._known_columns(spine) -%}
    {%- set facts, blanks, shown, keys, own, where = [], [], [], [], {}, [] -%}
    {%- for left, right in key -%}
        {%- do keys.append("hw_key_" ~ loop.index) -%}
        {%- if headwater._is_one_type(left, known, right, history.known) -%}
            {%- do own.update({headwater.folded_name(left): keys[-1]}) -%}
        {%- endif -%}
        {%- if options.null_keys == "never" -%}
            {%- do where.append(headwater.column_reference(right, history.alias) ~ " is not null") -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if headwater._is_one_type(at, known, history.names.dbt_valid_from, history.known) -%}
        {%- if headwater.folded_name(at) not in own -%}
            {%- do own.update({headwater.folded_name(at): "hw_from"}) -%}
        {%- endif -%}
    {%- endif -%}
    {#- A column of the facts takes in the version's value, where it is of the same type. -#}
    {%- set sorted = {} -%}
    {%- for column in known -%}
        {%- set name = headwater.quote_identifier(column.name) -%}
        {%- set value = own.get(headwater.folded_name(column.name)) -%}
        {%- do facts.append(headwater.column_reference(column.name, "headwater_spine")) -%}
        {#- Without its type a NULL would take away the length of a text or number above it. -#}
        {%- do blanks.append(value or "cast(null as " ~ column.type ~ ")") -%}
        {%- do shown.append("placed." ~ name) -%}
        {%- if value -%} {%- do sorted.update({value: name}) -%} {%- endif -%}
    {%- endfor -%}
    {%- set lefts = key | map(attribute=0) | list + [at] -%}
    {%- for value in keys + ["hw_from"] -%}
        {%- set name = lefts[loop.index0] -%}
        {%- if value not in sorted -%}
            {%- do facts.append(headwater.column_reference(name, "headwater_spine") ~ " as " ~ value) -%}
            {%- do blanks.append(value) -%}
            {%- do sorted.update({value: value}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set group = [] -%}
    {%- for name in keys -%} {%- do group.append(sorted[name]) -%} {%- endfor -%}
    {%- set moment = "placed." ~ sorted["hw_from"] -%}
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
                        partition by {{ group | join(", ") }}
                        order by {{ sorted["hw_from"] }}, hw_is_fact
                        rows unbounded preceding
                    ) as hw_last_version
                from
                    (
                        select
                            {{ facts | join(", ") }},
                            1 as hw_is_fact,
                            cast(null as bigint) as hw_version
                        from {{ headwater._source_as(spine, "headwater_spine") }}
                        union all
                        select {{ blanks | join(", ") }}, 0, hw_version
                        from headwater_versions
                    ) as both_kinds
            ) as placed
        {{ "inner" if options.missing == "drop" else "left" }} join headwater_versions
            on headwater_versions.hw_version = placed.hw_last_version
            and headwater_versions.hw_found = 1
            and headwater_versions.hw_from <= {{ moment }}
            and (headwater_versions.hw_to is null or {{ moment }} < headwater_versions.hw_to)
    {%- endset -%}
    {{ return({
        "versions": "select versions.*, row_number() over (order by versions.hw_from) as hw_version"
        ~ "\n            from " ~ versions,
        "select": select, "where": "placed.hw_is_fact = 1",
    }) }}
{% endmacro %}
