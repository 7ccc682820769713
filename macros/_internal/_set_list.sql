{#- What stands behind `set`. -#}
{% macro _set_list(updates) %}
    {%- set parts = [] -%}
    {%- for update in updates -%}
        {%- do parts.append(update.name ~ " = " ~ update.new) -%}
    {%- endfor -%}
    {{ return(parts | join(",\n    ")) }}
{% endmacro %}
