{#- The table, its index on the key and the table of tombstones, made or made to fit. -#}
{% macro _cdc_fit_table(run) %}
    {%- set own = {
        "_cdc_seq": "numeric", "_cdc_ts": "timestamp", "_cdc_older": "jsonb", "_cdc_deleted_at": "timestamp"
    } -%}
    {%- set columns = [] -%}
    {%- for name, type in run.types.items() -%}
        {%- do columns.append({"name": name, "type": type}) -%}
    {%- endfor -%}
    {%- for name in run.own -%}
        {%- do columns.append({"name": name, "type": own[name]}) -%}
    {%- endfor -%}
    {%- set name = run.target.identifier ~ "_tombstones" -%}
    {%- do headwater.quote_identifier(name) -%}
    {%- set tombstones = run.target.incorporate(path={"identifier": name}) -%}
    {%- if not run.facts -%}
        {%- set shape = [] -%}
        {%- for column in columns -%}
            {%- do shape.append(
                "cast(null as " ~ column.type ~ ") as " ~ headwater.quote_identifier(column.name)
            ) -%}
        {%- endfor -%}
        {%- call statement("headwater_create") -%}
            {{ create_table_as(false, run.target, "select " ~ shape | join(", ") ~ " limit 0") }}
        {%- endcall -%}
        {%- do run.update({"facts": headwater.relation_facts(run.target), "is_created": true}) -%}
    {%- else -%}
        {%- set present = run.facts.columns | map(attribute="name") | list -%}
        {%- set added = columns | rejectattr("name", "in", present) | list -%}
        {%- if added -%}
            {%- do headwater._check_owner(run, "on_schema_change") -%}
            {%- do headwater.change_columns(run.target, added, [], []) -%}
            {%- do run.update({"facts": headwater.relation_facts(run.target)}) -%}
        {%- endif -%}
    {%- endif -%}
    {%- set key = [] -%}
    {%- for name in run.key -%}
        {%- do key.append(headwater.quote_identifier(name) ~ " " ~ run.types[name]) -%}
    {%- endfor -%}
    {%- set is_fresh = run.is_created or run.is_rebuild -%}
    {%- call statement("headwater_tombstones") -%}
        {%- if is_fresh %} drop table if exists {{ tombstones }}
            ;
        {%- endif %}
        {%- if run.is_rebuild and not run.is_created %}
            {{ headwater.empty_statement(run.target, run.facts) }}
            ;
        {%- endif %}
        create table if not exists {{ tombstones }} (
        {{ key | join(", ") }}, _cdc_seq numeric, _cdc_ts timestamp,
            unique ({{ headwater.get_quoted_identifiers(run.key) | join(", ") }})
        )
    {%- endcall -%}
    {%- do headwater.fit_indexes(run, run.key) -%}
    {%- do run.update({"tombstones": tombstones}) -%}
    {%- do run.relations.append(tombstones) -%}
{% endmacro %}
