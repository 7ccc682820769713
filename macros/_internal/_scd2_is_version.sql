{#- A condition on results: a row that stands in the table. -#}
{% macro _scd2_is_version(run) -%}
    headwater_changed = 1 {%- if not run.has_marks %} and headwater_gone = 0 {%- endif -%}
{%- endmacro %}
