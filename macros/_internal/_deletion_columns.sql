{#- The names of the two columns that mark a deleted row. -#}
{% macro _deletion_columns() %}
    {%- set names = [
        headwater._option("deleted_column", "is_deleted"),
        headwater._option("deleted_at_column", "deleted_at"),
    ] -%}
    {%- do headwater._check_column_list("soft_delete", "deleted_column", names) -%}
    {{ return(names) }}
{% endmacro %}
