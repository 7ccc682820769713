{% macro random_token() %} {{- adapter.dispatch("random_token", "headwater")() -}} {% endmacro %}

{% macro default__random_token() -%}
    {{ headwater._raise_argument("fill_vault", "target", "Postgres or DuckDB", adapter.type()) }}
{%- endmacro %}

{% macro postgres__random_token() -%}
    'tok_' || replace(cast(gen_random_uuid() as text), '-', '')
{%- endmacro %}

{% macro redshift__random_token() -%} {{ headwater.default__random_token() }} {%- endmacro %}

{% macro duckdb__random_token() -%}
    'tok_' || replace(cast(uuid() as varchar), '-', '')
{%- endmacro %}
