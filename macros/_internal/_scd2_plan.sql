{#-
    What tells events apart and in order, as SQL: `key`, `order` (sort terms behind the key), `columns`,
    `check` (columns as mappings), `type1`. With `is_total` also events that share key, time and sequence
    have an order, by their values.
-#}
{% macro _scd2_plan(run, is_total=true) %}
    {%- set names = run.columns | map(attribute="name") | list -%}
    {%- set order = ["headwater_from"] -%}
    {%- for name in run.options.sequence_by -%}
        {%- do order.append(headwater.sort_term(headwater.quote_identifier(name), false, "first")) -%}
    {%- endfor -%}
    {%- do order.append("headwater_gone") -%}
    {#- Type-1 columns of older versions are written over, so they may decide last only. -#}
    {%- set own = names | reject("in", run.options.type1_cols) | list -%}
    {%- for column in run.unseen -%}
        {%- set name = headwater.quote_identifier(column.name) -%}
        {%- do order.append("case when " ~ name ~ " is null then 0 else 1 end") -%}
    {%- endfor -%}
    {%- if is_total -%}
        {%- do order.append(headwater.row_sort_value("events", own + run.options.type1_cols, "scd2")) -%}
    {%- endif -%}
    {{ return({
        "key": headwater.get_quoted_identifiers(run.key), "order": order, "is_total": is_total,
        "columns": headwater.get_quoted_identifiers(names), "check": run.check | reject("in", run.unseen if run.options.is_clocked else []) | list,
        "sequence": headwater.get_quoted_identifiers(run.options.sequence_by) if run.options.sequence_by else [],
        "type1": headwater.get_quoted_identifiers(run.options.type1_cols) if run.options.type1_cols else [],
    }) }}
{% endmacro %}
