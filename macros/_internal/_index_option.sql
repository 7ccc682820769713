{#- dbt's option `indexes`, checked as far as that goes without the columns. -#}
{% macro _index_option(macro) %}
    {%- set indexes = config.get("indexes") or [] -%}
    {%- set expected = "a list of mappings with 'columns', and perhaps 'unique' and 'type'" -%}
    {%- if indexes is string or indexes is mapping or indexes is not iterable -%}
        {{ headwater._raise_argument(macro, "indexes", expected, headwater._describe(indexes)) }}
    {%- endif -%}
    {%- for given in indexes -%}
        {%- if given is not mapping or not given.columns -%}
            {{ headwater._raise_argument(macro, "indexes", expected, headwater._describe(given)) }}
        {%- endif -%}
        {%- for name in given -%}
            {%- do headwater._check_choice(macro, "indexes", name, ["columns", "unique", "type"]) -%}
        {%- endfor -%}
        {%- if given.columns is not string -%}
            {%- do headwater._check_column_list(macro, "indexes", given.columns) -%}
        {%- endif -%}
        {%- set usual = ["btree", "hash", "gist", "spgist", "gin", "brin"] -%}
        {%- if given.type and given.type not in usual -%}
            {%- call statement("headwater_methods", fetch_result=true) -%}
                select amname from pg_am where amtype = 'i' order by 1
            {%- endcall -%}
            {%- set methods = load_result("headwater_methods").data | map(attribute=0) | list -%}
            {%- do headwater._check_choice(macro, "indexes", given.type, methods) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(indexes) }}
{% endmacro %}
