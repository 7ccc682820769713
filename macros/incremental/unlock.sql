{% macro unlock(name) %}
    {%- do headwater._check_name("unlock", "name", name) -%}
    {{- headwater.unlock_statement(name) -}}
{% endmacro %}
