{#- The query without its rows: only its columns. A comment may stand at its end. -#}
{% macro _scd2_no_rows(query) %}
    {{ return("select * from (\n" ~ query ~ "\n) as headwater_query limit 0") }}
{% endmacro %}
