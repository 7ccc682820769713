{# Rows that only one of `model` and `expected` has; NULL equals NULL, repeated rows count. #}
{% test same_rows(model, expected, columns) %}
    {%- set names = headwater.get_quoted_identifiers(columns) | join(", ") -%}
    with
        given_rows as (
            select {{ names }}, count(*) as row_count
            from {{ model }}
            group by {{ names }}
        ),

        expected_rows as (
            select {{ names }}, count(*) as row_count
            from {{ expected }}
            group by {{ names }}
        ),

        surplus as (
            select *
            from given_rows
            {{ dbt.except() }}
            select *
            from expected_rows
        ),

        missing as (
            select *
            from expected_rows
            {{ dbt.except() }}
            select *
            from given_rows
        ),

        differences as (
            select 'surplus' as difference, surplus.*
            from surplus
            union all
            select 'missing' as difference, missing.*
            from missing
        )

    select *
    from differences
{% endtest %}
