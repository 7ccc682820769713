{#-
    How the columns of a query differ from those of its table: `added`, `dropped`, `widened` and
    `retyped`, lists of columns; `retyped` those whose new type doesn't hold all old values.
-#}
{% macro _column_drift(target_columns, batch_columns) %}
    {%- set drift = {"added": [], "dropped": [], "widened": [], "retyped": []} -%}
    {%- set old = {} -%}
    {%- for column in target_columns -%} {%- do old.update({column.name: column}) -%} {%- endfor -%}
    {%- set names = batch_columns | map(attribute="name") | list -%}
    {%- for column in batch_columns -%}
        {%- set before = old.get(column.name) -%}
        {%- if before is none -%} {%- do drift.added.append(column) -%}
        {%- elif before.type != column.type and not before.is_generated -%}
            {%- set wider = headwater._is_wider_type(before.type, column.type) -%}
            {%- do drift["widened" if wider else "retyped"].append({
                "name": column.name, "type": column.type, "old_type": before.type,
            }) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for column in target_columns -%}
        {%- if column.name not in names and not column.is_generated and not column.identity -%}
            {%- do drift.dropped.append(column) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(drift) }}
{% endmacro %}
