{#-
    JSON in which what lies at a path is masked, for DuckDB. Where a step finds another kind of value than
    it expects, that value is masked whole; what is missing, or null, stays so.
-#}
{% macro _json_masked_in_duckdb(value, steps, mode, stars, depth=0) %}
    {%- set cases = [] -%}
    {%- set path = namespace(text="$", last=none) -%}
    {%- for step in steps -%}
        {%- set here = headwater._literal(path.text) -%}
        {%- set kind = "json_type(" ~ value ~ ", " ~ here ~ ")" -%}
        {%- do cases.append("when coalesce(" ~ kind ~ ", 'NULL') = 'NULL' then " ~ value) -%}
        {%- do cases.append("when " ~ kind ~ " <> '" ~ ("ARRAY" if step == "*" else "OBJECT")
            ~ "' then json_replace(" ~ value ~ ", " ~ here ~ ", " ~ headwater._literal(stars) ~ ")") -%}
        {%- if step == "*" -%}
            {%- set name = "element_" ~ depth -%}
            {%- set rest = steps[loop.index:] -%}
            {%- set changed = headwater._json_masked_in_duckdb(name, rest, mode, stars, depth + 1) -%}
            {%- set list = "cast(json_extract(" ~ value ~ ", " ~ here ~ ") as json[])" -%}
            {%- if mode == "drop" and not rest -%} {%- set elements = "'[]'" -%}
            {%- else -%}
                {%- set elements = "to_json(list_transform(" ~ list ~ ", lambda " ~ name ~ ": " ~ changed ~ "))" -%}
            {%- endif -%}
            {{ return("case " ~ cases | join(" ") ~ " else json_replace(" ~ value ~ ", " ~ here ~ ", "
                ~ elements ~ ") end") }}
        {%- endif -%}
        {%- set path.text = path.text ~ '."' ~ step.name ~ '"' -%}
    {%- endfor -%}
    {%- set here = headwater._literal(path.text) -%}
    {%- if mode == "drop" and steps -%}
        {%- set changed = "json_remove(" ~ value ~ ", " ~ here ~ ")" -%}
    {%- else -%}
        {%- do cases.append("when coalesce(json_type(" ~ value ~ ", " ~ here ~ "), 'NULL') = 'NULL' then " ~ value) -%}
        {%- set changed = "json_replace(" ~ value ~ ", " ~ here ~ ", " ~ headwater._literal(stars) ~ ")" -%}
    {%- endif -%}
    {{ return("case " ~ cases | join(" ") ~ " else " ~ changed ~ " end") }}
{% endmacro %}
