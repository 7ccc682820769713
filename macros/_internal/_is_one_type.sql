{#- Whether two columns are known to be of the very same type. -#}
{% macro _is_one_type(left, left_known, right, right_known) %}
    {%- set one = headwater._known_column(left, left_known) -%}
    {%- set other = headwater._known_column(right, right_known) -%}
    {%- if one is none or other is none -%} {{ return(false) }} {%- endif -%}
    {{ return(one.type == other.type) }}
{% endmacro %}
