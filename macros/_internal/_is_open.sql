{#- A condition: versions without an end. As in dbt, NULL is one, whatever else stands for it. -#}
{% macro _is_open(history) -%}
    (
        {{ history.end }} is null
        {%- if history.open_end %} or {{ history.end }} = {{ history.open_end }}{% endif -%}
    )
{%- endmacro %}
