{% macro composed_text(expression) %}
    {{- adapter.dispatch("composed_text", "headwater")(expression) -}}
{% endmacro %}

{% macro default__composed_text(expression) -%}
    {{ headwater._raise_argument(
        "composed_text", "expression", "an engine with Unicode normalization", adapter.type()
    ) }}
{%- endmacro %}

{% macro postgres__composed_text(expression) -%} normalize({{ expression }}, nfc) {%- endmacro %}

{% macro redshift__composed_text(expression) -%}
    {{ headwater.default__composed_text(expression) }}
{%- endmacro %}

{% macro duckdb__composed_text(expression) -%} nfc_normalize({{ expression }}) {%- endmacro %}

{% macro bigquery__composed_text(expression) -%} normalize({{ expression }}, nfc) {%- endmacro %}

{% macro trino__composed_text(expression) -%} normalize({{ expression }}, nfc) {%- endmacro %}
