{% test l_diversity(model, quasi_identifiers, sensitive, l=2) %}
    {%- do headwater._check_column_list("l_diversity", "quasi_identifiers", quasi_identifiers) -%}
    {%- do headwater._check_name("l_diversity", "sensitive", sensitive) -%}
    {%- do headwater._check_whole("l_diversity", "l", l, 2, 1000000) -%}
    {%- if sensitive in quasi_identifiers -%}
        {{ headwater._raise_argument(
            "l_diversity", "sensitive", "a column that is no quasi-identifier", "'" ~ sensitive ~ "'"
        ) }}
    {%- endif -%}
    with
        people as (
            select
                count(distinct {{ headwater.quote_identifier(sensitive) }}) as value_count,
                count(*) as group_size
            from {{ model }}
            group by {{ headwater.get_quoted_identifiers(quasi_identifiers) | join(", ") }}
        ),

        uniform_groups as (
            select value_count, count(*) as group_count, sum(group_size) as row_count
            from people
            where value_count < {{ l }}
            group by value_count
        )

    select *
    from uniform_groups
{% endtest %}
