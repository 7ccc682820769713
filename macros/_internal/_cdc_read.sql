{#-
    Reads the staged changes into typed columns, and puts into `run`: `types` (of the table's columns by
    name, without our own), `data` (the names of those outside the key) and `counts` (of changes, by what
    has to be done about them).

    That is tried with the columns that are known. Only if a change has others are these looked for, and
    only if a value does not fit its column is each change tried by itself.
-#}
{% macro _cdc_read(run) %}
    {%- set types, generated = {}, [] -%}
    {%- for column in run.facts.columns or [] if column.name not in run.own -%}
        {%- set is_theirs = column.is_generated or (column.identity == "a" and column.name not in run.key) -%}
        {%- if is_theirs -%} {%- do generated.append(column.name) -%}
        {%- else -%} {%- do types.update({column.name: column.type}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for name, type in run.options.column_types.items() if name not in types and name not in generated -%}
        {%- do types.update({name: type}) -%}
    {%- endfor -%}
    {%- set unknown_keys = run.key | reject("in", types) | list -%}
    {%- do run.update({
        "types": types, "generated": generated,
        "finds_columns": not run.facts or run.options.on_schema_change != "ignore",
    }) -%}
    {%- if unknown_keys -%} {%- do headwater._cdc_find_columns(run) -%} {%- endif -%}
    {%- do headwater._cdc_read_once(run) -%}
    {%- if run.counts.strange -%}
        {%- do headwater._cdc_find_columns(run) -%} {%- do headwater._cdc_read_once(run) -%}
    {%- endif -%}
    {%- if run.counts.unread and not run.counts.read -%}
        {%- do headwater._cdc_check_key(run) -%}
    {%- endif -%}
    {%- if run.counts.unread -%}
        {%- set query -%}
            select count(*) from {{ run.batch }}
            where {{ headwater._cdc_reason(run) }} is null and coalesce(op, '') <> 'truncate'
        {%- endset -%}
        {%- call statement("headwater_cdc_form", fetch_result=true) -%} {{ query }} {%- endcall -%}
        {%- if load_result("headwater_cdc_form").data[0][0] | int > run.counts.read -%}
            {%- call statement("headwater_bad_values") -%}
                {{ headwater.mark_bad_values(run) }}
            {%- endcall -%}
            {%- do headwater._cdc_read_once(run) -%}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}
