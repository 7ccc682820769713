{% macro row_sort_value(alias, columns, macro) %}
    {{- adapter.dispatch("row_sort_value", "headwater")(alias, columns, macro) -}}
{% endmacro %}

{# No value of the row as a whole: the columns must be known, which they are not while dbt parses. #}
{% macro default__row_sort_value(alias, columns, macro) -%}
    {%- if columns -%} {{- headwater.get_quoted_identifiers(columns, alias) | join(", ") -}}
    {%- elif execute -%}
        {{ headwater._raise_argument(
            macro, "columns",
            "the names of the columns, since " ~ adapter.type()
            ~ " can't sort by a row whose columns are not known",
            "none", "pass a relation such as ref('orders'), or name the columns"
        ) }}
    {%- else -%} 1
    {%- endif -%}
{%- endmacro %}

{# Compares the bytes of the rows, whatever their types. #}
{% macro postgres__row_sort_value(alias, columns, macro) -%}
    {%- set named = headwater.get_quoted_identifiers(columns, alias) if columns else [] -%}
    {{- "row(" ~ named | join(", ") ~ ")" if named else alias -}}
    {{- " using operator(pg_catalog.*<)" -}}
{%- endmacro %}

{% macro redshift__row_sort_value(alias, columns, macro) -%}
    {{- headwater.default__row_sort_value(alias, columns, macro) -}}
{%- endmacro %}

{% macro duckdb__row_sort_value(alias, columns, macro) -%}
    {{- headwater.get_quoted_identifiers(columns, alias) | join(", ") if columns else alias -}}
{%- endmacro %}

{% macro bigquery__row_sort_value(alias, columns, macro) -%}
    to_json_string({{ alias }})
{%- endmacro %}
