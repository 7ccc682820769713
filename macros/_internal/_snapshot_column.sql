{#-
    A column that `argument` of a snapshot's config names, quoted; as in dbt, a name without quotes may be
    written in any case, one in quotes is exact, and what is no name is an expression, unless `is_name`. A
    mapping of name, type and value.
-#}
{% macro _snapshot_column(macro, argument, name, known, is_name=false) %}
    {%- set quoted = modules.re.match("\\x22(.+)\\x22$", name) -%}
    {%- set bare = quoted.group(1) | replace("\x22\x22", "\x22") if quoted else name -%}
    {%- set spellings = [bare] if quoted else [bare, bare | lower, bare | upper] -%}
    {%- for spelled in spellings -%}
        {%- for column in known if column.name == spelled or (
            headwater.folded_name(column.name) == headwater.folded_name(spelled)
        ) -%}
            {{ return({
                "name": column.name, "type": column.type,
                "value": headwater.quote_identifier(column.name),
            }) }}
        {%- endfor -%}
    {%- endfor -%}
    {%- if is_name or quoted or modules.re.match("[^\\W\\d][\\w$ ]*$", name) -%}
        {%- do headwater._check_columns_exist(
            macro, argument, [bare], known | map(attribute="name") | list
        ) -%}
    {%- endif -%}
    {{ return({"name": none, "type": none, "value": "(" ~ name ~ ")"}) }}
{% endmacro %}
