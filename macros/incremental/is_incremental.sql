{% macro is_incremental() %}
    {%- if not execute -%} {{ return(false) }} {%- endif -%}
    {%- set table = load_cached_relation(this) -%}
    {{ return(table is not none and table.is_table and not should_full_refresh()) }}
{% endmacro %}
