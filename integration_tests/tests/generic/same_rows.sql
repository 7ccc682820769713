{# Rows that only one of `model` and `expected` has; NULL equals NULL, repeated rows count. #}
{% test same_rows(model, expected, columns) %}
    {%- set names = headwater.get_quoted_identifiers(columns) | join(", ") -%}
    with
        compared_rows as (
            select {{ names }}, 1 as given_count, 0 as expected_count
            from {{ model }}
            union all
            select {{ names }}, 0 as given_count, 1 as expected_count
            from {{ expected }}
        ),

        differences as (
            select
                {{ names }}, sum(given_count) as times_given, sum(expected_count) as times_expected
            from compared_rows
            group by {{ names }}
            having sum(given_count) <> sum(expected_count)
        )

    select *
    from differences
{% endtest %}
