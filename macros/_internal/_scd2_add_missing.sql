{#-
    Adds to the news a deletion, now, of each key that stands in the history and not in the batch; and,
    now, each row of the batch whose key was taken for deleted and is back with its old time.
-#}
{% macro _scd2_add_missing(run) %}
    {%- set names = run.columns | map(attribute="name") | list -%}
    {%- set columns = headwater.get_quoted_identifiers(names) | join(", ") -%}
    {%- set now = headwater._scd2_moment(run.now, run.time_type) -%}
    {%- set alias = "dbt_internal_dest" -%}
    {%- set mark = alias ~ "." ~ headwater.quote_identifier(run.options.names.dbt_is_deleted) -%}
    {%- set live = headwater._scd2_stands(run, alias) ~ (" and not " ~ mark if run.has_marks else "") -%}
    {%- set statements = [] -%}
    {%- if run.kept -%}
        {%- do statements.extend(headwater._scd2_revived(run, now)) -%}
    {%- endif -%}
    {%- if headwater._deletes_missing(run, live) -%}
        {%- for missing in headwater._missing_conditions(run.key, alias, run.batch) -%}
            {%- do statements.append(
                "insert into " ~ run.n ~ " (" ~ columns ~ ", headwater_from, headwater_gone)\nselect "
                ~ headwater.get_quoted_identifiers(names, alias) | join(", ") ~ ", " ~ now ~ ", 1\nfrom "
                ~ run.target ~ " as " ~ alias ~ "\nwhere " ~ live ~ " and " ~ missing
            ) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if statements -%}
        {%- call statement("headwater_missing") -%} {{ statements | join(";\n") }} {%- endcall -%}
    {%- endif -%}
{% endmacro %}
