{% test masked_differs_from(model, column_name, to, to_column, key=[]) %}
    {%- do headwater._check_name("masked_differs_from", "column_name", column_name) -%}
    {%- do headwater._check_name("masked_differs_from", "to_column", to_column) -%}
    {%- do headwater._check_relation("masked_differs_from", "to", to) -%}
    {%- if key not in [[], ()] -%}
        {%- do headwater._check_column_list("masked_differs_from", "key", key) -%}
    {%- endif -%}
    {%- set masked = headwater._text_of(headwater.column_reference(column_name, "masked_rows")) -%}
    {%- set raw = headwater._text_of(headwater.column_reference(to_column, "raw_rows")) -%}
    {%- set matches = [masked ~ " = " ~ raw, masked ~ " <> ''"] -%}
    {%- for name in key -%}
        {%- do matches.append(
            headwater.column_reference(name, "masked_rows") ~ " = " ~ headwater.column_reference(name, "raw_rows")
        ) -%}
    {%- endfor -%}
    with
        unmasked as (
            select count(*) as unmasked_row_count
            from {{ model }} as masked_rows
            where exists (select 1 from {{ to }} as raw_rows where {{ matches | join(" and ") }})
        )

    select *
    from unmasked
    where unmasked_row_count > 0
{% endtest %}
