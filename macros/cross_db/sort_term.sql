{% macro sort_term(value, is_descending, nulls) %}
    {{- adapter.dispatch("sort_term", "headwater")(value, is_descending, nulls) -}}
{% endmacro %}

{% macro default__sort_term(value, is_descending, nulls) -%}
    {{ value }} {{ "desc" if is_descending else "asc" }} nulls {{ nulls }}
{%- endmacro %}

{# T-SQL has no `nulls last`. #}
{% macro fabric__sort_term(value, is_descending, nulls) -%}
    case
        when {{ value }} is null
        then {{ 1 if nulls == "last" else 0 }}
        else {{ 0 if nulls == "last" else 1 }}
    end,
    {{ value }} {{ "desc" if is_descending else "asc" }}
{%- endmacro %}

{% macro sqlserver__sort_term(value, is_descending, nulls) -%}
    {{ headwater.fabric__sort_term(value, is_descending, nulls) }}
{%- endmacro %}
