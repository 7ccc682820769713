{% macro text_matches(relation, expression, pattern) %}
    {{- adapter.dispatch("text_matches", "headwater")(relation, expression, pattern) -}}
{% endmacro %}

{# The first of each row. Also Redshift. #}
{% macro default__text_matches(relation, expression, pattern) -%}
    {%- set written = headwater._literal(pattern | replace("§", "\\\\b")) -%}
    select column_name, regexp_substr({{ expression }}, {{ written }}) as candidate
    from {{ relation }}
    where regexp_instr({{ expression }}, {{ written }}) > 0
{%- endmacro %}

{% macro postgres__text_matches(relation, expression, pattern) -%}
    {%- set written = headwater._literal("(" ~ pattern | replace("§", "\\y") ~ ")") -%}
    select column_name, matches[1] as candidate
    from {{ relation }}
    cross join lateral regexp_matches({{ expression }}, {{ written }}, 'g') as found(matches)
{%- endmacro %}

{% macro redshift__text_matches(relation, expression, pattern) -%}
    {{ headwater.default__text_matches(relation, expression, pattern) }}
{%- endmacro %}

{% macro duckdb__text_matches(relation, expression, pattern) -%}
    {%- set written = headwater._literal(pattern | replace("§", "\\b")) -%}
    select column_name, unnest(regexp_extract_all({{ expression }}, {{ written }})) as candidate
    from {{ relation }}
{%- endmacro %}

{% macro bigquery__text_matches(relation, expression, pattern) -%}
    {%- set written = "r" ~ headwater._literal(pattern | replace("§", "\\b")) -%}
    select column_name, regexp_substr({{ expression }}, {{ written }}) as candidate
    from {{ relation }}
    where regexp_contains({{ expression }}, {{ written }})
{%- endmacro %}

{# Also Databricks. #}
{% macro spark__text_matches(relation, expression, pattern) -%}
    {%- set plain = pattern | replace("[:space:]", "\\\\s") | replace("§", "\\\\b") -%}
    select
        column_name,
        regexp_extract({{ expression }}, {{ headwater._literal(plain) }}, 0) as candidate
    from {{ relation }}
    where {{ expression }} rlike {{ headwater._literal(plain) }}
{%- endmacro %}

{% macro trino__text_matches(relation, expression, pattern) -%}
    {%- set plain = pattern | replace("[:space:]", "\\s") | replace("§", "\\b") -%}
    select
        column_name, regexp_extract({{ expression }}, {{ headwater._literal(plain) }}) as candidate
    from {{ relation }}
    where regexp_like({{ expression }}, {{ headwater._literal(plain) }})
{%- endmacro %}
