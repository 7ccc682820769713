{% test k_anonymity(model, quasi_identifiers, k=5) %}
    {%- do headwater._check_column_list("k_anonymity", "quasi_identifiers", quasi_identifiers) -%}
    {%- do headwater._check_whole("k_anonymity", "k", k, 2, 1000000) -%}
    with
        people as (
            select count(*) as group_size
            from {{ model }}
            group by {{ headwater.get_quoted_identifiers(quasi_identifiers) | join(", ") }}
        ),

        small_groups as (
            select group_size, count(*) as group_count
            from people
            where group_size < {{ k }}
            group by group_size
        )

    select *
    from small_groups
{% endtest %}
