{#- A condition: a row of a snapshot's table says that its key is deleted; 'false' without such rows. -#}
{% macro _snapshot_gone(reading, alias) -%}
    {{ "coalesce(" ~ alias ~ "." ~ reading.names.dbt_is_deleted ~ ", 'False') = 'True'"
    if reading.deletes == "new_record" else "false" }}
{%- endmacro %}
