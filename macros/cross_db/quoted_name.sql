{% macro quoted_name(name) %}
    {{- adapter.dispatch("quoted_name", "headwater")(name) -}}
{% endmacro %}

{% macro default__quoted_name(name) -%}
    {%- set doubled = name | replace('"', '""') -%} "{{ doubled }}"
{%- endmacro %}

{# Snowflake folds an unquoted name to upper case: a plain lower-case name means the folded one. #}
{% macro snowflake__quoted_name(name) -%}
    {%- set is_plain = not name.strip("abcdefghijklmnopqrstuvwxyz0123456789_$") -%}
    {{ headwater.default__quoted_name(name | upper if is_plain else name) }}
{%- endmacro %}

{% macro bigquery__quoted_name(name) -%}
    {%- set escaped = name | replace("\\", "\\\\") | replace("`", "\\`") -%} `{{ escaped }}`
{%- endmacro %}

{# Also Databricks, whose adapter inherits from Spark. #}
{% macro spark__quoted_name(name) -%}
    {%- set doubled = name | replace("`", "``") -%} `{{ doubled }}`
{%- endmacro %}
