{% macro error_value(message) %}
    {{- adapter.dispatch("error_value", "headwater")(message) -}}
{% endmacro %}

{# A text that is no boolean: the engine refuses to convert it and shows it. #}
{% macro default__error_value(message) -%} cast({{ message }} as boolean) {%- endmacro %}

{% macro duckdb__error_value(message) -%} cast(error({{ message }}) as boolean) {%- endmacro %}

{% macro bigquery__error_value(message) -%} cast(error({{ message }}) as bool) {%- endmacro %}

{# Also Databricks. #}
{% macro spark__error_value(message) -%} cast(raise_error({{ message }}) as boolean) {%- endmacro %}

{% macro trino__error_value(message) -%} cast(fail({{ message }}) as boolean) {%- endmacro %}
