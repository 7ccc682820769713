{#-
    Makes the columns of a table that stands follow the query's. What would lose history is an error:
    a column that the query lost, or a type that doesn't hold all old values.
-#}
{% macro _scd2_fit_columns(run) %}
    {%- set names = run.facts.columns | map(attribute="name") | list -%}
    {%- set wanted, own = run.columns | list, [] -%}
    {%- if run.is_fresh -%}
        {%- for meta, type in run.meta_types.items() -%}
            {%- set name = run.options.names[meta] -%}
            {%- set stored = run.facts.columns | selectattr("name", "equalto", name) | map(attribute="type") | first -%}
            {%- set is_same = stored and headwater._scd2_is_same_type(stored, type) -%}
            {%- do wanted.append({"name": name, "type": stored if is_same else type}) -%}
        {%- endfor -%}
    {%- else -%} {%- set own = run.own -%} {%- do headwater._scd2_check_own(run, names) -%}
    {%- endif -%}
    {%- set drift = headwater._column_drift(
        run.facts.columns | rejectattr("name", "in", own) | list, wanted
    ) -%}
    {%- set retyped = [] -%}
    {%- for column in drift.retyped if not headwater._is_wider_type(column.type, column.old_type) -%}
        {%- do retyped.append(column) -%}
    {%- endfor -%}
    {%- set dropped = drift.dropped if run.is_fresh else [] -%}
    {%- if not run.is_fresh -%}
        {%- do headwater._scd2_check_drift(run, drift.dropped, retyped) -%}
    {%- endif -%}
    {%- set changed = drift.widened + (retyped if run.is_fresh else []) -%}
    {%- if drift.added or changed or dropped -%}
        {%- do headwater._check_owner(run, "on_new_column") -%}
        {%- do headwater.change_columns(run.target, drift.added, dropped, changed) -%}
        {%- if run.kept and not run.is_fresh and headwater.relation_facts(run.kept) -%}
            {%- do headwater.change_columns(run.kept, drift.added, dropped, changed) -%}
        {%- endif -%}
        {%- do run.update({"facts": headwater.relation_facts(run.target)}) -%}
    {%- endif -%}
    {#- Rows are brought to the table's types before they are compared with its rows. -#}
    {%- set types = {} -%}
    {%- for column in run.facts.columns -%}
        {%- do types.update({column.name: column.type}) -%}
    {%- endfor -%}
    {%- for column in run.columns -%}
        {%- if column.type != types[column.name] -%}
            {%- do column.update({"type": types[column.name], "is_cast": true}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set stored = types[run.options.names.dbt_valid_from] -%}
    {%- if headwater._has_zone(stored) != headwater._has_zone(run.time_type) -%}
        {{ headwater._raise_argument(
            "scd2", "updated_at", "a time of the history's type, " ~ stored, "one of type " ~ run.time_type,
            "bring it to UTC in the query, for instance with at time zone 'UTC'"
        ) }}
    {%- endif -%}
    {%- do run.update({"time_type": stored}) -%}
{% endmacro %}
