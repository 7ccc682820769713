{#- The query without its rows: only its columns. -#}
{% macro _scd2_no_rows(query) %}
    select * from ({{ query }}) as headwater_query limit 0
{% endmacro %}
