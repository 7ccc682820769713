{# Rows that only one of `model` and `expected` has; NULL equals NULL, repeated rows count. #}
{% test same_rows(model, expected, columns) %}
    with
        given_rows as (
            select {{ columns | join(", ") }}, count(*) as row_count
            from {{ model }}
            group by {{ columns | join(", ") }}
        ),

        expected_rows as (
            select {{ columns | join(", ") }}, count(*) as row_count
            from {{ expected }}
            group by {{ columns | join(", ") }}
        ),

        surplus as (
            select *
            from given_rows
            except
            select *
            from expected_rows
        ),

        missing as (
            select *
            from expected_rows
            except
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
