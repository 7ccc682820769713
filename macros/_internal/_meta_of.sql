{#- The meta of a node or a column, wherever it was written. -#}
{% macro _meta_of(holder) %}
    {%- set meta = {} -%}
    {%- do meta.update(holder.get("meta") or {}) -%}
    {%- do meta.update((holder.get("config") or {}).get("meta") or {}) -%}
    {{ return(meta) }}
{% endmacro %}
