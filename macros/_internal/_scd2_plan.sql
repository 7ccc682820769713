{#-
    What the selects over events agree on, as SQL. Events of a key are put in order from the last to the
    first: by time, by sequence, deletions first, and then by their values, so that one of them comes first
    whatever happens. `has_gone`: whether any may be a deletion; `recalls`: whether the newest event that is
    none counts for type-1 columns where a deletion of its time beats it.
-#}
{% macro _scd2_plan(run, has_gone=true) %}
    {%- set order = ["headwater_from desc"] -%}
    {%- for name in run.options.sequence_by -%}
        {%- do order.append(headwater.sort_term(headwater.quote_identifier(name), true, "last")) -%}
    {%- endfor -%}
    {%- if has_gone -%} {%- do order.append("headwater_gone desc") -%} {%- endif -%}
    {%- for column in run.unseen -%}
        {%- set name = headwater.quote_identifier(column.name) -%}
        {%- do order.append("case when " ~ name ~ " is null then 0 else 1 end desc") -%}
    {%- endfor -%}
    {#- Type-1 columns of older versions are written over, so they may decide last only. -#}
    {%- set unsorted = run.columns | rejectattr("is_exact") | list -%}
    {%- for is_type1 in [false, true] -%}
        {%- set others = [] -%}
        {%- for column in run.columns if (column.name in run.options.type1_cols) == is_type1 -%}
            {%- if column.is_exact -%}
                {%- do order.append(headwater.sort_term(headwater.quote_identifier(column.name), true, "first")) -%}
            {%- else -%} {%- do others.append(column.name) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if others -%}
            {%- do order.append(headwater.row_sort_value("events", others, "scd2", is_descending=true)) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return({
        "key": headwater.get_quoted_identifiers(run.key), "order": order, "has_gone": has_gone, "is_plain": not unsorted,
        "recalls": true if has_gone and run.options.type1_cols else false,
        "columns": headwater.get_quoted_identifiers(run.columns | map(attribute="name") | list),
        "check": run.check | reject("in", run.unseen if run.options.is_clocked else []) | list,
        "type1": headwater.get_quoted_identifiers(run.options.type1_cols) if run.options.type1_cols else [],
    }) }}
{% endmacro %}
