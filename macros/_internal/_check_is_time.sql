{#- Nothing, or an error unless a column whose dates are to be counted is one of dates or times. -#}
{% macro _check_is_time(macro, argument, name, type) %}
    {%- if "date" not in type | lower and "time" not in type | lower -%}
        {{ headwater._raise_argument(
            macro, argument, "a column of dates or times", "'" ~ name ~ "' of type " ~ type,
            "cast it in the model's query"
        ) }}
    {%- endif -%}
{% endmacro %}
