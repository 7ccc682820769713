{#-
    Reads the staged changes into typed columns, and puts into `run`: `types` (of the table's columns by
    name, without our own), `retyped` (the columns of the table that get another type), `data` (the names of
    those outside the key) and `counts` (of changes, by what has to be done about them).

    That is tried with the columns that are known. Only if a change has others are these looked for, and
    only if a value does not fit its column is each change tried by itself.
-#}
{% macro _cdc_read(run) %}
    {%- set types, old = {}, {} -%}
    {%- do run.update({"needed": headwater._cdc_needed(run)}) -%}
    {%- set generated = headwater.generated_columns(run.target) if run.facts else [] -%}
    {%- for column in run.facts.columns or [] if column.name not in run.own -%}
        {%- set is_theirs = column.is_generated or (column.identity == "a" and column.name not in run.key) -%}
        {%- if is_theirs -%} {%- do generated.append(column.name) -%}
        {%- elif column.name not in generated -%} {%- do old.update({column.name: column.type}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set is_bare = headwater._cdc_is_bare(run, old) -%}
    {%- if is_bare -%} {%- do run.update({"is_rebuild": true}) -%}
    {%- else -%} {%- do types.update(old) -%}
    {%- endif -%}
    {%- for name, type in run.options.column_types.items() if name not in generated + run.own -%}
        {%- if run.is_rebuild or name not in types -%}
            {%- do types.update({name: type}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do run.update({
        "types": types, "old_types": old, "generated": generated,
        "finds_columns": not run.facts or is_bare or run.options.on_schema_change != "ignore",
    }) -%}
    {%- do run.update({"retyped": headwater._cdc_wider_types(run)}) -%}
    {%- if run.key | reject("in", types) | list -%}
        {%- do headwater._cdc_find_columns(run) -%}
    {%- endif -%}
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
            {%- if run.counts.strange -%}
                {%- do headwater._cdc_find_columns(run) -%} {%- do headwater._cdc_read_once(run) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}
