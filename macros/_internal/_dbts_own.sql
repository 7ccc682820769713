{#- The body of a macro of dbt's for the adapter, as dispatch would find it without this package. -#}
{% macro _dbts_own(name) %}
    {%- for prefix in [adapter.type(), "default"] if prefix ~ "__" ~ name in dbt -%}
        {{ return(dbt[prefix ~ "__" ~ name]) }}
    {%- endfor -%}
{% endmacro %}
