{% test cdc_gap(model, position, per=[]) %}
    {%- set known = headwater._known_columns(model) -%}
    {%- do headwater._check_column("cdc_gap", "position", position, known) -%}
    {%- if per is not none and per != [] -%}
        {%- do headwater._check_column_list("cdc_gap", "per", per) -%}
        {%- do headwater._check_known("cdc_gap", "per", per, known) -%}
        {%- for name in per -%}
            {%- do headwater._check_comparable("cdc_gap", "per", name, known) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- set type = (headwater._known_column(position, known) or {}).get("type", "") -%}
    {%- if modules.re.match("date|time|n?char|n?varchar|text|string|bool|uuid|json|xml|bytea|blob|bytes|pg_lsn", type) -%}
        {{ headwater._raise_argument(
            "cdc_gap", "position", "a column of whole numbers", "'" ~ position ~ "' of type " ~ type,
            "cast it in the model's query, if its texts are whole numbers without gaps"
        ) }}
    {%- endif -%}
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
