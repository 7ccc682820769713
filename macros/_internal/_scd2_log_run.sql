{#-
    What the selects that build a history agree on, in the shape of a run of the materialization, with
    every argument checked. `options` are the macro's arguments by name.
-#}
{% macro _scd2_log_run(macro, relation, key, options) %}
    {%- do headwater._check_relation(macro, "relation", relation) -%}
    {%- do headwater._check_column_list(macro, "key", key) -%}
    {%- do headwater._check_name(macro, options.time_argument, options.updated_at) -%}
    {%- set known = headwater._known_columns(relation) -%}
    {%- for argument in ["sequence_by", "exclude_cols", "type1_cols"] -%}
        {%- if options[argument] is none -%} {%- do options.update({argument: []}) -%}
        {%- elif options[argument] is string or options[argument] is mapping or options[argument] != [] -%}
            {%- do headwater._check_column_list(macro, argument, options[argument]) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if options.check_cols is none -%} {%- do options.update({"check_cols": "all"}) -%}
    {%- elif options.check_cols not in ["all", []] -%}
        {%- do headwater._check_column_list(macro, "check_cols", options.check_cols) -%}
    {%- endif -%}
    {%- if options.columns is not none -%}
        {%- do headwater._check_column_list(macro, "columns", options.columns) -%}
        {%- do headwater._check_known(macro, "columns", options.columns, known) -%}
    {%- endif -%}
    {%- do headwater._check_flag(macro, "scd_id", options.scd_id) -%}
    {%- do options.update({
        "open_end": headwater._scd2_given_end(macro, "valid_to_current", options.open_end)
    }) -%}
    {%- set names = options.columns or known | map(attribute="name") | list -%}
    {%- if not names and execute -%}
        {{ headwater._raise_argument(
            macro, "columns", "the names of the columns, which can't be known of a CTE or a select", "none",
            "pass a relation such as ref('customer_log'), or name the columns"
        ) }}
    {%- endif -%}
    {%- set names = names or key -%}
    {%- set needed = {
        "key": key, options.time_argument: [options.updated_at], "sequence_by": options.sequence_by,
        "exclude_cols": options.exclude_cols, "type1_cols": options.type1_cols,
        "check_cols": [] if options.check_cols == "all" else options.check_cols,
        "deleted_column": [options.deleted_column] if options.deleted_column else [],
    } -%}
    {%- for argument, columns in needed.items() if columns -%}
        {%- do headwater._check_column_list(macro, argument, columns) -%}
        {%- if known or options.columns -%}
            {%- do headwater._check_columns_exist(
                macro, argument, columns, known | map(attribute="name") | list or names
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set run = {
        "macro": macro, "key": key, "unseen": [], "has_marks": options.deletes == "tombstone",
        "options": options, "columns": [], "check": [], "time_type": none, "now": none,
    } -%}
    {%- do options.update({
        "is_clocked": false, "unique_key": key,
        "names": headwater._history_names(macro, options.column_names),
    }) -%}
    {%- set own = options.names.values() | list -%}
    {%- if not run.has_marks -%}
        {%- set own = own | reject("equalto", options.names.dbt_is_deleted) | list -%}
    {%- endif -%}
    {%- if not options.scd_id -%}
        {%- set own = own | reject("equalto", options.names.dbt_scd_id) | list -%}
    {%- endif -%}
    {%- do headwater._scd2_check_names(macro, "relation", names, own) -%}
    {%- set passive = key + options.sequence_by + options.type1_cols + options.exclude_cols
        + [options.updated_at, options.deleted_column] -%}
    {%- for name in names -%}
        {%- set column = headwater._known_column(name, known) or {"name": name, "type": none} -%}
        {%- do run.columns.append({"name": name, "type": column.type, "sorts": column.sorts}) -%}
        {%- if name in options.check_cols or (options.check_cols == "all" and name not in passive) -%}
            {%- do run.check.append(run.columns[-1]) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set time = headwater._known_column(options.updated_at, known) -%}
    {%- if time -%} {%- do run.update({"time_type": time.type}) -%} {%- endif -%}
    {{ return(run) }}
{% endmacro %}
