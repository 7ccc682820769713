{% macro plain_number(expression) %}
    {{- adapter.dispatch("plain_number", "headwater")(expression) -}}
{% endmacro %}

{# Without zeros at the end of its decimals. #}
{% macro default__plain_number(expression) -%}
    {%- set text = headwater._text_of(expression) -%}
    {{ headwater.regex_replaced(headwater.regex_replaced(text, "([.][0-9]*[1-9])0+$", "\\1"), "[.]0+$", "") }}
{%- endmacro %}
