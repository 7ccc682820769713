{% macro text_literal(text) %}
    {{- adapter.dispatch("text_literal", "headwater")(headwater._writable(text)) -}}
{% endmacro %}

{# Standard SQL: nothing but the quote itself ends a text. #}
{% macro default__text_literal(text) -%}
    {{- "'" ~ text | replace("'", "''") ~ "'" -}}
{%- endmacro %}

{# A backslash means something inside a text there. #}
{% macro snowflake__text_literal(text) -%}
    {{- headwater.default__text_literal(text | replace("\\", "\\\\")) -}}
{%- endmacro %}

{% macro redshift__text_literal(text) -%}
    {{- headwater.default__text_literal(text | replace("\\", "\\\\")) -}}
{%- endmacro %}

{# A line may not end inside a text. #}
{% macro bigquery__text_literal(text) -%}
    {%- set escaped = text | replace("\\", "\\\\") | replace("'", "\\'") -%}
    {{- "'" ~ escaped | replace("\r", "\\r") | replace("\n", "\\n") ~ "'" -}}
{%- endmacro %}

{# Also Databricks. #}
{% macro spark__text_literal(text) -%}
    {{- "'" ~ text | replace("\\", "\\\\") | replace("'", "\\'") ~ "'" -}}
{%- endmacro %}
