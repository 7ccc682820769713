{#- Nothing, or an error unless `value` is the name of a column, and one of the known columns if any is. -#}
{% macro _check_column(macro, argument, value, known=[]) %}
    {%- do headwater._check_name(macro, argument, value) -%}
    {%- do headwater._check_length(macro, argument, value) -%}
    {%- do headwater._check_known(macro, argument, [value], known) -%}
{% endmacro %}
