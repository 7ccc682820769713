{% macro history_constraints(run) %}
    {%- do adapter.dispatch("history_constraints", "headwater")(run) -%}
{% endmacro %}

{% macro default__history_constraints(run) %} {% endmacro %}
