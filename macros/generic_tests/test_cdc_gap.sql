{% test cdc_gap(model, position, per=[]) %}
    {%- do headwater._check_name("cdc_gap", "position", position) -%}
    {%- if per -%} {%- do headwater._check_column_list("cdc_gap", "per", per) -%} {%- endif -%}
    {%- set groups = headwater.get_quoted_identifiers(per) if per else [] -%}
    {%- set place = headwater.quote_identifier(position) -%}
    with
        positions as (
            select distinct {{ (groups + [place]) | join(", ") }}
            from {{ model }}
            where {{ place }} is not null
        ),

        neighbours as (
            select
                {{ (groups + [place]) | join(", ") }},
                lead({{ place }}) over (
                    {%- if groups %}partition by {{ groups | join(", ") }} {%- endif %}
                    order by {{ place }}
                ) as next_position
            from positions
        )

    select
        {{ (groups + [place]) | join(", ") }} as last_position,
        next_position,
        next_position - {{ place }} - 1 as missing_count
    from neighbours
    where next_position - {{ place }} > 1
{% endtest %}
