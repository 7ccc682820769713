{% macro hold_subject() %}
    {{ return(adapter.dispatch("hold_subject", "headwater")()) }}
{% endmacro %}

{% macro default__hold_subject() %}
    {{ headwater._raise_argument("erase_subject", "target", "Postgres or DuckDB", adapter.type()) }}
{% endmacro %}

{% macro postgres__hold_subject() %}
    {{ return(headwater._hold_subject("pg_temp", "%s")) }}
{% endmacro %}

{% macro redshift__hold_subject() %} {{ return(headwater.default__hold_subject()) }} {% endmacro %}

{% macro duckdb__hold_subject() %} {{ return(headwater._hold_subject("temp", "?")) }} {% endmacro %}
