{% macro pit_method() %} {{ return(adapter.dispatch("pit_method", "headwater")()) }} {% endmacro %}

{% macro default__pit_method() %} {{ return("range") }} {% endmacro %}

{% macro postgres__pit_method() %} {{ return("adaptive") }} {% endmacro %}

{% macro redshift__pit_method() %} {{ return("range") }} {% endmacro %}

{% macro duckdb__pit_method() %} {{ return("asof") }} {% endmacro %}
