{#- Delete the batch's keys, then insert it; rows that a predicate protects are not doubled. -#}
{% macro _delete_insert_statements(run) %}
    {%- set deletes = headwater.delete_statements(run) -%}
    {%- if run.options.predicates -%}
        {{ return(deletes + headwater._insert_missing(run)) }}
    {%- endif -%}
    {{ return(deletes + [headwater._insert_rows(run)]) }}
{% endmacro %}
