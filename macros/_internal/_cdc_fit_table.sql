{#- The table, its index on the key and the table of tombstones, made or made to fit. -#}
{% macro _cdc_fit_table(run) %}
    {%- set own = headwater.change_bookkeeping() -%}
    {%- set columns = [] -%}
    {%- for name, type in run.types.items() -%}
        {%- do columns.append({"name": name, "type": type}) -%}
    {%- endfor -%}
    {%- for name in run.own -%}
        {%- do columns.append({"name": name, "type": own[name]}) -%}
    {%- endfor -%}
    {%- set name = headwater._side_name(run.target.identifier, "_tombstones") -%}
    {%- set tombstones = run.target.incorporate(path={"identifier": name}) -%}
    {%- set shape = [] -%}
    {%- for column in columns -%}
        {%- do shape.append(
            "cast(null as " ~ column.type ~ ") as " ~ headwater.quote_identifier(column.name)
        ) -%}
    {%- endfor -%}
    {%- set shape = "select " ~ shape | join(", ") ~ " limit 0" -%}
    {%- if not run.facts -%}
        {%- call statement("headwater_create") -%}
            {{ create_table_as(false, run.target, shape) }}
        {%- endcall -%}
        {%- do run.update({"facts": headwater.relation_facts(run.target), "is_created": true}) -%}
    {%- else -%}
        {%- set present = run.facts.columns | map(attribute="name") | list -%}
        {%- set added = columns | rejectattr("name", "in", present) | list -%}
        {%- if run.is_rebuild -%} {%- do headwater._cdc_empty_table(run) -%}
        {%- endif -%}
        {%- if added or run.retyped -%}
            {%- if config.get("contract") and config.get("contract").enforced -%}
                {%- do get_assert_columns_equivalent(shape) -%}
            {%- endif -%}
            {%- do headwater._check_owner(run, "on_schema_change") -%}
            {%- do headwater.change_columns(run.target, added, [], run.retyped) -%}
            {%- do run.update({"facts": headwater.relation_facts(run.target)}) -%}
        {%- endif -%}
        {#- A new table gets its index when it is full, which is quicker. -#}
        {%- do headwater.fit_indexes(run, run.key) -%}
    {%- endif -%}
    {%- do run.update({"tombstones": tombstones}) -%}
    {%- do run.relations.append(tombstones) -%}
{% endmacro %}
