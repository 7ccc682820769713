{#-
    Which columns are written, and which of them make a version when they change. The key, the time, the
    sequence and the mark of a deletion don't, unless check_cols names them.
-#}
{% macro _scd2_choose_columns(run) %}
    {%- set options = run.options -%}
    {%- set known = [] -%}
    {%- if not run.is_fresh -%}
        {%- set known = run.facts.columns | map(attribute="name") | list -%}
    {%- endif -%}
    {%- set columns, added, check = [], [], [] -%}
    {%- set passive = (
        options.unique_key + options.sequence_by + options.type1_cols + options.exclude_cols
        + [options.updated_at, options.deleted_column]
    ) -%}
    {%- for column in run.batch_facts.columns -%}
        {%- set is_new = not run.is_fresh and column.name not in known -%}
        {%- if not is_new or options.on_new_column != "ignore" -%}
            {%- do columns.append(column) -%}
            {%- if column.name in options.check_cols
                or (options.check_cols == "all" and column.name not in passive) -%}
                {%- do check.append(column) -%}
            {%- endif -%}
        {%- endif -%}
        {%- if is_new and options.on_new_column != "ignore" -%}
            {%- do added.append(column) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set fills = options.on_new_column == "backfill_null" -%}
    {%- do run.update({
        "columns": columns, "added": added, "check": check, "unseen": added if fills else [],
    }) -%}
{% endmacro %}
