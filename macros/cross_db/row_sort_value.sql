{% macro row_sort_value(alias, columns, macro, is_descending=false) %}
    {{- adapter.dispatch("row_sort_value", "headwater")(alias, columns, macro, is_descending) -}}
{% endmacro %}

{# No value of the row as a whole: the columns must be known, which they are not while dbt parses. #}
{% macro default__row_sort_value(alias, columns, macro, is_descending) -%}
    {%- if columns -%} {{- headwater._sort_terms(alias, columns, is_descending) -}}
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
{% macro postgres__row_sort_value(alias, columns, macro, is_descending) -%}
    {%- set named = headwater.get_quoted_identifiers(columns, alias) if columns else [] -%}
    {{- "row(" ~ named | join(", ") ~ ")" if named else alias -}}
    {{- " using operator(pg_catalog.*" ~ (">" if is_descending else "<") ~ ")" -}}
{%- endmacro %}

{% macro redshift__row_sort_value(alias, columns, macro, is_descending) -%}
    {{- headwater.default__row_sort_value(alias, columns, macro, is_descending) -}}
{%- endmacro %}

{% macro duckdb__row_sort_value(alias, columns, macro, is_descending) -%}
    {%- if columns -%} {{- headwater._sort_terms(alias, columns, is_descending) -}}
    {%- else -%} {{- headwater.sort_term(alias, true, "first") if is_descending else alias -}}
    {%- endif -%}
{%- endmacro %}

{% macro bigquery__row_sort_value(alias, columns, macro, is_descending) -%}
    to_json_string({{ alias }}) {{- " desc" if is_descending }}
{%- endmacro %}
