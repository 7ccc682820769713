{#- The same for Postgres, where each level is a select of its own, so that the text grows by lines only. -#}
{% macro _json_masked_in_postgres(value, steps, mode, stars, depth=0) %}
    {%- set json, hidden = "level_" ~ depth ~ ".value", "cast(" ~ headwater._literal(stars) ~ " as jsonb)" -%}
    {%- set kept = "case jsonb_typeof(" ~ json ~ ") when 'null' then " ~ json -%}
    {%- if not steps -%} {%- set changed = kept -%}
    {%- elif steps[0] == "*" -%}
        {%- set inner = headwater._json_masked_in_postgres("element", steps[1:], mode, stars, depth + 1) -%}
        {%- set elements = "(select coalesce(jsonb_agg(" ~ inner ~ " order by place), '[]')"
            ~ " from jsonb_array_elements(" ~ json ~ ") with ordinality as parts(element, place))" -%}
        {%- if mode == "drop" and steps | length == 1 -%}
            {%- set elements = "cast('[]' as jsonb)" -%}
        {%- endif -%}
        {%- set changed = kept ~ " when 'array' then " ~ elements -%}
    {%- else -%}
        {%- set name = headwater._literal(steps[0].name) -%}
        {%- set member = "(" ~ json ~ " -> " ~ name ~ ")" -%}
        {%- set inner = headwater._json_masked_in_postgres(member, steps[1:], mode, stars, depth + 1) -%}
        {%- set put = "jsonb_set(" ~ json ~ ", array[" ~ name ~ "], " ~ inner ~ ")" -%}
        {%- if mode == "drop" and steps | length == 1 -%} {%- set put = json ~ " - " ~ name -%}
        {%- endif -%}
        {%- set changed = kept ~ " when 'object' then case when " ~ member ~ " is null then " ~ json
            ~ " else " ~ put ~ " end" -%}
    {%- endif -%}
    {{ return("(select " ~ changed ~ " else " ~ hidden ~ " end from (select " ~ value
        ~ " as value) as level_" ~ depth ~ ")") }}
{% endmacro %}
