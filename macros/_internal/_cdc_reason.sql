{#- SQL for why a staged change can't be applied; NULL if it can, as far as its form goes. -#}
{% macro _cdc_reason(run) -%}
    {%- set missing = [] -%}
    {%- for name in run.key -%}
        {%- do missing.append(headwater.json_text("key", [name]) ~ " is null") -%}
    {%- endfor -%}
    case
        when reason is not null
        then reason
        when op is null or op not in ('create', 'read', 'update', 'delete', 'truncate')
        then 'unknown operation'
        when seq is null
        then 'no position'
        when op <> 'truncate' and (key is null or {{ missing | join(" or ") }})
        then 'no key'
        when op not in ('truncate', 'delete') and payload is null
        then 'no row'
        {%- for name in run.get("needed", []) %}
            when
                op <> 'truncate'
                and op <> 'delete'
                and {{ headwater.json_field("payload", name) }} is not null
                and {{ headwater.json_text("payload", [name]) }} is null
            then {{ dbt.string_literal(dbt.escape_single_quotes("NULL in " ~ name)) }}
        {%- endfor %}
    end
{%- endmacro %}
