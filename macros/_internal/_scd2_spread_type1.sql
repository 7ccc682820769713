{#- Without kept events only the open versions are worked out anew; the others get the new values here. -#}
{% macro _scd2_spread_type1(run) %}
    {%- set statements, changes, pairs = [], [], [] -%}
    {%- for name in run.options.type1_cols -%}
        {%- set column = headwater.quote_identifier(name) -%}
        {%- do changes.append(column ~ " = result.headwater_type1_" ~ loop.index) -%}
        {%- do pairs.append(["present." ~ column, "result.headwater_type1_" ~ loop.index]) -%}
    {%- endfor -%}
    {%- for match in headwater.key_conditions(run.key, "present", "result") -%}
        {%- do statements.append(
            "update " ~ run.target ~ " as present set " ~ changes | join(", ") ~ "\nfrom " ~ run.w
            ~ " as result\nwhere " ~ match ~ " and result.headwater_next is null and result.headwater_gone = 0"
            ~ "\n    and " ~ headwater.values_differ(pairs)
        ) -%}
    {%- endfor -%}
    {{ return(statements) }}
{% endmacro %}
