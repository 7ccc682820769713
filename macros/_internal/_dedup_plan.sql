{#-
    What the deduplication macros agree on, with every argument checked; SQL texts unless said.

    source: a row source for `from`. key, order: expressions and sort terms that decide. peers: the
    values of `order`, equal in rows that tie. total: what tells different rows apart that tie. whole:
    both, as sort terms. null_key: whether the key has a NULL. columns: what is returned, or ["rows.*"].
    known: the source's columns as mappings (name, type, sorts), none when they can't be asked.
-#}
{% macro _dedup_plan(macro, relation, key, options) %}
    {%- do headwater._check_relation(macro, "relation", relation) -%}
    {%- do headwater._check_column_list(macro, "key", key) -%}
    {%- do headwater._check_choice(macro, "nulls", options.nulls, ["last", "first"]) -%}
    {%- do headwater._check_choice(
        macro, "null_keys", options.null_keys, ["group", "keep_all", "drop"]
    ) -%}
    {%- set key = key | list -%}
    {%- if options.columns is not none -%}
        {%- do headwater._check_column_list(macro, "columns", options.columns) -%}
        {%- do options.update({"columns": options.columns | list}) -%}
    {%- endif -%}
    {%- set known = headwater._known_columns(relation) -%}
    {%- do headwater._check_known(macro, "key", key, known) -%}
    {%- do headwater._check_known(macro, "columns", options.columns or [], known) -%}
    {%- set items = headwater._sort_items(macro, "order_by", options.order_by, known) -%}
    {%- set items = items + headwater._sort_items(macro, "tie_breaker", options.tie_breaker, known) -%}
    {%- set order, peers = [], [] -%}
    {%- for item in items -%}
        {%- do item.update({"is_descending": item.is_descending != (options.keep != "first")}) -%}
        {%- do order.append(
            headwater.sort_term(item.value, item.is_descending, options.nulls)
        ) -%}
        {%- do peers.append(item.value) -%}
    {%- endfor -%}
    {%- set total = headwater._total_order(macro, key, items, options.columns, known) -%}
    {%- set keys, empty = [], [] -%}
    {%- for name in key -%}
        {%- set column = headwater.column_reference(name, "headwater_rows") -%}
        {%- do keys.append(headwater.sort_value(column, headwater._known_column(name, known))) -%}
        {%- do empty.append(column ~ " is null") -%}
    {%- endfor -%}
    {{ return({
        "source": headwater._row_source(relation), "key": keys, "key_names": key,
        "null_key": empty | join(" or "), "order": order, "peers": peers,
        "total": total, "whole": headwater.whole_order(items, total, options.nulls),
        "columns": headwater._returned_columns(options.columns, known), "known": known,
        "keep": options.keep, "null_keys": options.null_keys, "macro": macro,
        "is_one_per_key": options.keep in ["last", "first"] and options.null_keys != "keep_all",
    }) }}
{% endmacro %}
