{#- The tags of a node or a column, wherever they were written. -#}
{% macro _tags_of(holder) %}
    {%- set found = [] -%}
    {%- for tags in [holder.get("tags") or [], (holder.get("config") or {}).get("tags") or []] -%}
        {%- do found.extend([tags] if tags is string else tags) -%}
    {%- endfor -%}
    {{ return(found | unique | list) }}
{% endmacro %}
