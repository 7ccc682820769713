{% macro lock(name, wait=true, scope="transaction") %}
    {%- do headwater._check_name("lock", "name", name) -%}
    {%- do headwater._check_flag("lock", "wait", wait) -%}
    {%- do headwater._check_choice("lock", "scope", scope, ["session", "transaction"]) -%}
    {{- headwater.lock_statement(name, wait, scope) -}}
{% endmacro %}
