{% macro append_statements(run) %}
    {{ return(adapter.dispatch("append_statements", "headwater")(run)) }}
{% endmacro %}

{% macro default__append_statements(run) %}
    {{ return(headwater._insert_missing(run)) }}
{% endmacro %}

{% macro postgres__append_statements(run) %}
    {%- if run.facts.version < 150000 and run.counts.null_keys -%}
        {{ return(headwater._insert_missing(run)) }}
    {%- endif -%}
    {{ return([
        headwater._insert_rows(run) ~ "\nwhere true\non conflict ("
        ~ headwater.get_quoted_identifiers(run.key) | join(", ") ~ ") do nothing"
    ]) }}
{% endmacro %}

{% macro redshift__append_statements(run) %}
    {{ return(headwater._insert_missing(run)) }}
{% endmacro %}
