{% macro row_as_json(alias, columns) %}
    {{- adapter.dispatch("row_as_json", "headwater")(alias, columns) -}}
{% endmacro %}

{# Trino: every value as its text. #}
{% macro default__row_as_json(alias, columns) -%}
    {%- set names, values = [], [] -%}
    {%- for name in columns -%}
        {%- do names.append("'" ~ name | replace("'", "''") ~ "'") -%}
        {%- do values.append(
            "cast(" ~ headwater.column_reference(name, alias) ~ " as varchar)"
        ) -%}
    {%- endfor -%}
    {%- set fields = "array[" ~ names | join(", ") ~ "], array[" ~ values | join(", ") ~ "]" -%}
    json_format(cast(map({{ fields }}) as json))
{%- endmacro %}

{% macro postgres__row_as_json(alias, columns) -%} to_jsonb({{ alias }}) {%- endmacro %}

{% macro redshift__row_as_json(alias, columns) -%}
    object({{ headwater._names_and_values(alias, columns) }})
{%- endmacro %}

{% macro duckdb__row_as_json(alias, columns) -%} to_json({{ alias }}) {%- endmacro %}

{% macro bigquery__row_as_json(alias, columns) -%} to_json_string({{ alias }}) {%- endmacro %}

{% macro snowflake__row_as_json(alias, columns) -%}
    to_json(object_construct_keep_null({{ headwater._names_and_values(alias, columns) }}))
{%- endmacro %}

{% macro spark__row_as_json(alias, columns) -%}
    to_json(struct({{ headwater.get_quoted_identifiers(columns, alias) | join(", ") }}))
{%- endmacro %}

{% macro fabric__row_as_json(alias, columns) -%}
    {{ headwater._raise_argument(
        "row_as_json", "alias", "an engine that writes a row as JSON", "fabric",
        "let NULL keys be matched or refused: on_null_key may not be 'quarantine' there"
    ) }}
{%- endmacro %}
