{#- Nothing, or an error unless each of `names` is one of the known columns; nothing if none is known. -#}
{% macro _check_known(macro, argument, names, known) %}
    {%- for name in names if known and headwater._known_column(name, known) is none -%}
        {%- set shown = known | map(attribute="name") | sort -%}
        {%- set more = " (+" ~ (shown | length - 5) ~ ")" if shown | length > 5 else "" -%}
        {{ headwater._raise_argument(
            macro, argument,
            "columns of the relation: " ~ shown[:5] | join(", ") ~ more,
            "'" ~ name ~ "'",
            "give the expression a name in a select, and pass that select"
            if "(" in name or "|" in name
            else headwater._suggestion(name, shown)
        ) }}
    {%- endfor -%}
{% endmacro %}
