{% macro error_bytes(message) %}
    {{- adapter.dispatch("error_bytes", "headwater")(message) -}}
{% endmacro %}

{# Fails wherever its value is needed, and shows the message. Also Databricks. #}
{% macro default__error_bytes(message) -%}
    cast(raise_error({{ headwater._literal(message) }}) as binary)
{%- endmacro %}

{# A constant would be worked out when the statement is planned; a setting is not. #}
{% macro postgres__error_bytes(message) -%}
    decode(
        cast(
            cast(
                {{ headwater._literal(message) }}
                || left(current_setting('server_version'), 0) as integer
            ) as text
        ),
        'hex'
    )
{%- endmacro %}

{% macro redshift__error_bytes(message) -%}
    from_hex(cast(cast({{ headwater._literal(message) }} || left(user, 0) as integer) as varchar))
{%- endmacro %}

{% macro snowflake__error_bytes(message) -%}
    to_binary({{ headwater._literal(message) }} || left(current_user(), 0), 'HEX')
{%- endmacro %}

{% macro bigquery__error_bytes(message) -%}
    cast(error({{ headwater._literal(message) }}) as bytes)
{%- endmacro %}

{% macro trino__error_bytes(message) -%}
    cast(fail({{ headwater._literal(message) }}) as varbinary)
{%- endmacro %}
