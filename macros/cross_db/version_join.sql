{% macro version_join(history, pairs, moment, alias, options) %}
    {{ return(adapter.dispatch("version_join", "headwater")(
        history, pairs, moment, alias, options
    )) }}
{% endmacro %}

{# Joined by hash on the key; which of a key's versions is the one is a filter on the pairs. #}
{% macro default__version_join(history, pairs, moment, alias, options) %}
    {%- set conditions, values = [], {} -%}
    {%- for left, right in pairs -%}
        {%- set right = alias ~ ".hw_key_" ~ loop.index -%}
        {%- do conditions.append(
            headwater.same_value(left, right)
            if options.null_keys == "match"
            else left ~ " = " ~ right
        ) -%}
    {%- endfor -%}
    {%- do conditions.append(headwater._version_holds(moment, alias, options)) -%}
    {%- for name in options.columns -%}
        {%- do values.update({name: alias ~ "." ~ headwater.quote_identifier(name)}) -%}
    {%- endfor -%}
    {%- set versions = headwater._versions(
        history, pairs | map(attribute=1) | list, options, alias
    ) -%}
    {{ return({
        "join": "left join " ~ versions ~ "\n    on " ~ conditions | join("\n    and "),
        "values": values, "found": alias ~ ".hw_found",
    }) }}
{% endmacro %}

{#
    Postgres joins by hash on `=` only. So versions with a NULL in their key, mostly none, are joined
    by themselves; a row of the left side meets one of the two at most. Several columns are compared
    as JSON, which hashes, because records compare only values of the very same type.
#}
{% macro postgres__version_join(history, pairs, moment, alias, options) %}
    {%- set plain = headwater.default__version_join(
        history, pairs, moment, alias, dict(options, null_keys="never")
    ) -%}
    {%- if options.null_keys != "match" -%} {{ return(plain) }} {%- endif -%}
    {%- set other, values = alias ~ "_null", {} -%}
    {%- set empty, lefts, rights, columns = [], [], [], [] -%}
    {%- for left, right in pairs -%}
        {%- do empty.append(left ~ " is null") -%}
        {%- do lefts.append(left) -%}
        {%- do rights.append(other ~ ".hw_key_" ~ loop.index) -%}
        {%- do columns.append(headwater.column_reference(right, history.alias) ~ " is null") -%}
    {%- endfor -%}
    {%- set conditions = ["(" ~ empty | join(" or ") ~ ")"] -%}
    {%- if pairs | length > 1 -%}
        {%- do conditions.append(
            "jsonb_build_array(" ~ lefts | join(", ") ~ ") = jsonb_build_array("
            ~ rights | join(", ") ~ ")"
        ) -%}
    {%- endif -%}
    {%- do conditions.append(headwater._version_holds(moment, other, options)) -%}
    {%- set versions = headwater._versions(
        history, pairs | map(attribute=1) | list, options, other,
        ["(" ~ columns | join(" or ") ~ ")"]
    ) -%}
    {%- for name, value in plain["values"].items() -%}
        {%- set value = (
            "coalesce(" ~ value ~ ", " ~ other ~ "." ~ headwater.quote_identifier(name) ~ ")"
        ) -%}
        {%- do values.update({name: value}) -%}
    {%- endfor -%}
    {{ return({
        "join": plain.join ~ "\nleft join " ~ versions ~ "\n    on "
        ~ conditions | join("\n    and "),
        "values": values, "found": "coalesce(" ~ plain.found ~ ", " ~ other ~ ".hw_found)",
    }) }}
{% endmacro %}

{% macro redshift__version_join(history, pairs, moment, alias, options) %}
    {{ return(headwater.default__version_join(history, pairs, moment, alias, options)) }}
{% endmacro %}

{# An asof join finds the last version that has begun; whether it still holds is asked afterwards. #}
{% macro duckdb__version_join(history, pairs, moment, alias, options) %}
    {%- set plain = headwater.default__version_join(history, pairs, moment, alias, options) -%}
    {%- if options.method == "range" -%} {{ return(plain) }} {%- endif -%}
    {%- set conditions, values = [], {} -%}
    {%- set sign = " is not distinct from " if options.null_keys == "match" else " = " -%}
    {%- for left, right in pairs -%}
        {%- do conditions.append(left ~ sign ~ alias ~ ".hw_key_" ~ loop.index) -%}
    {%- endfor -%}
    {%- do conditions.append(moment ~ " >= " ~ alias ~ ".hw_from") -%}
    {%- set holds = "(" ~ alias ~ ".hw_to is null or " ~ moment ~ " < " ~ alias ~ ".hw_to)" -%}
    {%- for name, value in plain["values"].items() -%}
        {%- do values.update({name: "case when " ~ holds ~ " then " ~ value ~ " end"}) -%}
    {%- endfor -%}
    {%- set versions = headwater._versions(
        history, pairs | map(attribute=1) | list, options, alias, [], "'-infinity'"
    ) -%}
    {{ return({
        "join": "asof left join " ~ versions ~ "\n    on " ~ conditions | join("\n    and "),
        "values": values, "found": "case when " ~ holds ~ " then " ~ alias ~ ".hw_found end",
    }) }}
{% endmacro %}
