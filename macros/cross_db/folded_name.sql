{% macro folded_name(name) %}
    {{- adapter.dispatch("folded_name", "headwater")(name) -}}
{% endmacro %}

{# Most engines ignore case even between quotes. #}
{% macro default__folded_name(name) -%} {{- name | lower -}} {%- endmacro %}

{% macro postgres__folded_name(name) -%} {{- name -}} {%- endmacro %}

{% macro redshift__folded_name(name) -%} {{- name | lower -}} {%- endmacro %}

{% macro snowflake__folded_name(name) -%} {{- headwater.quoted_name(name) -}} {%- endmacro %}
