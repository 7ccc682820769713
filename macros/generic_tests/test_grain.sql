{% test grain(model, columns) %}
    {%- do headwater._check_column_list("grain", "columns", columns) -%}
    {%- set names = headwater.get_quoted_identifiers(columns) -%}
    with
        repeated as (
            select {{ names | join(",\n        ") }}, count(*) as row_count
            from {{ model }}
            group by {{ names | join(", ") }}
            having count(*) > 1
        )

    select *
    from repeated
{% endtest %}
