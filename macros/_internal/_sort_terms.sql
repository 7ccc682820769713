{#- Columns as sort terms, in their natural order or in exactly the reverse one. -#}
{% macro _sort_terms(alias, columns, is_descending) -%}
    {%- set terms = [] -%}
    {%- for name in headwater.get_quoted_identifiers(columns, alias) -%}
        {%- do terms.append(headwater.sort_term(name, true, "first") if is_descending else name) -%}
    {%- endfor -%}
    {{- terms | join(", ") -}}
{%- endmacro %}
