{% macro change_columns(relation, added, dropped, retyped) %}
    {%- do adapter.dispatch("change_columns", "headwater")(relation, added, dropped, retyped) -%}
{% endmacro %}

{# With what each adapter brings for it. #}
{% macro default__change_columns(relation, added, dropped, retyped) %}
    {%- set new, old = [], [] -%}
    {%- for column in added -%}
        {%- do new.append(api.Column(column.name, column.type)) -%}
    {%- endfor -%}
    {%- for column in dropped -%}
        {%- do old.append(api.Column(column.name, column.type)) -%}
    {%- endfor -%}
    {%- if new or old -%}
        {%- do alter_relation_add_remove_columns(relation, new, old) -%}
    {%- endif -%}
    {%- for column in retyped -%}
        {%- do alter_column_type(relation, column.name, column.type) -%}
    {%- endfor -%}
{% endmacro %}

{# One statement, which rewrites the table once at most, and cascades to nothing. #}
{% macro postgres__change_columns(relation, added, dropped, retyped) %}
    {%- set parts = headwater._column_changes(added, dropped, retyped) -%}
    {%- if parts -%}
        {%- call statement("headwater_columns") -%}
            alter table {{ relation }} {{ parts | join(", ") }}
        {%- endcall -%}
    {%- endif -%}
{% endmacro %}

{% macro redshift__change_columns(relation, added, dropped, retyped) %}
    {%- do headwater.default__change_columns(relation, added, dropped, retyped) -%}
{% endmacro %}

{# One change per statement. #}
{% macro duckdb__change_columns(relation, added, dropped, retyped) %}
    {%- for part in headwater._column_changes(added, dropped, retyped) -%}
        {%- call statement("headwater_columns") -%}
            alter table {{ relation }} {{ part }}
        {%- endcall -%}
    {%- endfor -%}
{% endmacro %}
