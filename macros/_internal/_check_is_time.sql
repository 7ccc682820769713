{#- Nothing, or an error unless a column whose dates are to be counted is one of dates or times. -#}
{% macro _check_is_time(macro, argument, name, type) %}
    {%- if not modules.re.search("(?i)date|time", type) -%}
        {{ headwater._raise_argument(
            macro, argument, "a column of dates or times", "'" ~ name ~ "' of type " ~ type,
            "cast it in the model's query"
        ) }}
    {%- endif -%}
{% endmacro %}
