{#-
    Statements that write the results that are not there yet: events that make no version to the kept
    events, the others to the table. `since`: results from this origin on.
-#}
{% macro _scd2_inserts(run, since=none) %}
    {%- set names = headwater.get_quoted_identifiers(run.columns | map(attribute="name") | list) -%}
    {%- set type1 = headwater.get_quoted_identifiers(run.options.type1_cols) if run.options.type1_cols else [] -%}
    {%- set values = [] -%}
    {%- for name in names -%}
        {%- do values.append("headwater_type1_" ~ (type1.index(name) + 1) if name in type1 else name) -%}
    {%- endfor -%}
    {%- set texts, shown = [], ["result.*"] -%}
    {%- for text in headwater._scd2_id_texts(run) -%}
        {%- do texts.append("headwater_text_" ~ loop.index) -%}
        {%- do shown.append(text ~ " as " ~ texts[-1]) -%}
    {%- endfor -%}
    {%- set meta = {
        "dbt_scd_id": headwater._scd2_id(texts), "dbt_updated_at": "headwater_from",
        "dbt_valid_from": "headwater_from",
        "dbt_valid_to": "coalesce(headwater_next, " ~ headwater._scd2_open_end(run) ~ ")",
        "dbt_is_deleted": "headwater_gone = 1",
    } -%}
    {%- for name in run.meta_types -%} {%- do values.append(meta[name]) -%} {%- endfor -%}
    {%- set versions = headwater._scd2_is_version(run) -%}
    {%- set new = "" if since is none else " and headwater_origin <> " -%}
    {%- set statements = [] -%}
    {%- if run.kept and run.keeps_events != false -%}
        {%- do statements.append(
            "insert into " ~ run.kept ~ " (" ~ names | join(", ") ~ ", headwater_from, headwater_gone)\nselect "
            ~ names | join(", ") ~ ", headwater_from, headwater_gone from " ~ run.w ~ "\nwhere not ("
            ~ versions ~ ")" ~ (new ~ "1" if new else "")
        ) -%}
    {%- endif -%}
    {%- do statements.append(
        "insert into " ~ run.target ~ " ("
        ~ (names + headwater.get_quoted_identifiers(run.own)) | join(", ") ~ ")\nselect "
        ~ values | join(", ") ~ "\nfrom (select " ~ shown | join(", ") ~ " from " ~ run.w
        ~ " as result\nwhere " ~ versions ~ (new ~ "0" if new else "") ~ " " ~ headwater.evaluated_once() ~ ") as result"
    ) -%}
    {{ return(statements) }}
{% endmacro %}
