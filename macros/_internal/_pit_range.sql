{#-
    A point-in-time join as a join on the key: each fact meets all versions of its key. A mapping of
    `select` and `where`.
-#}
{% macro _pit_range(spine, history, key, at, wanted, options) %}
    {%- set pairs = [] -%}
    {%- for left, right in key -%}
        {%- do pairs.append([headwater.column_reference(left, "headwater_spine"), right]) -%}
    {%- endfor -%}
    {%- set join = headwater.version_join(
        history, pairs, headwater.column_reference(at, "headwater_spine"), "headwater_versions",
        options
    ) -%}
    {%- set shown = ["headwater_spine.*"] -%}
    {%- for name, result in wanted.items() -%}
        {%- do shown.append(
            headwater._or_unknown(join["values"][name], result, join.found, options)
        ) -%}
    {%- endfor -%}
    {{ return({
        "select": "select\n    " ~ shown | join(",\n    ") ~ "\nfrom "
        ~ headwater._source_as(spine, "headwater_spine") ~ "\n" ~ join.join,
        "where": join.found ~ " = 1" if options.missing == "drop" else "true",
    }) }}
{% endmacro %}
