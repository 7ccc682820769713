{% macro digest_number(digest) %}
    {{- adapter.dispatch("digest_number", "headwater")(digest) -}}
{% endmacro %}

{% macro default__digest_number(digest) -%}
    cast(conv(left({{ digest }}, 13), 16, 10) as bigint)
{%- endmacro %}

{% macro postgres__digest_number(digest) -%}
    cast(cast('x' || left({{ digest }}, 13) as bit(52)) as bigint)
{%- endmacro %}

{% macro redshift__digest_number(digest) -%} strtol(left({{ digest }}, 13), 16) {%- endmacro %}

{% macro duckdb__digest_number(digest) -%}
    cast('0x' || left({{ digest }}, 13) as bigint)
{%- endmacro %}

{% macro snowflake__digest_number(digest) -%}
    to_number(left({{ digest }}, 13), 'XXXXXXXXXXXXX')
{%- endmacro %}

{% macro bigquery__digest_number(digest) -%}
    cast('0x' || left({{ digest }}, 13) as int64)
{%- endmacro %}

{% macro trino__digest_number(digest) -%} from_base(substr({{ digest }}, 1, 13), 16) {%- endmacro %}
