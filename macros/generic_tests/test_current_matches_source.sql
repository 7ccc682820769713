{% test current_matches_source(
    model, source, key, columns=none, deletes="close", column_names={}, open_end=none
) %}
    {%- set macro = "current_matches_source" -%}
    {%- do headwater._check_column_list(macro, "key", key) -%}
    {%- do headwater._check_choice(macro, "deletes", deletes, ["close", "ignore"]) -%}
    {%- do headwater._check_relation(macro, "source", source) -%}
    {%- set history = headwater._history(
        macro, "model", model, {"column_names": column_names, "open_end": open_end}, "headwater_rows"
    ) -%}
    {%- set known = headwater._known_columns(source) -%}
    {%- do headwater._check_known(macro, "key", key, history.known) -%}
    {%- do headwater._check_known(macro, "key", key, known) -%}
    {%- set compared = [] -%}
    {%- for name in headwater._history_columns(history, key, columns) -%}
        {#- A column that the source no longer has stays in its history, and has nothing to match. -#}
        {%- if columns is not none or not known or headwater._known_column(name, known) is not none -%}
            {%- do compared.append(name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if columns is not none -%}
        {%- do headwater._check_known(macro, "columns", compared, known) -%}
    {%- endif -%}
    {%- set names = headwater.get_quoted_identifiers(key) | join(", ") -%}
    {%- set shown = headwater.get_quoted_identifiers(key + compared, "headwater_rows") | join(", ") -%}
    {%- set differing = [] -%}
    {%- for name in compared -%}
        {%- set column = headwater._known_column(name, history.known) -%}
        {%- set value = headwater.sort_value(headwater.quote_identifier(name), column) -%}
        {%- set before = "lag(" ~ value ~ ") over (partition by " ~ names ~ " order by hw_is_source)" -%}
        {%- do differing.append([name, "not (" ~ headwater.same_value(value, before) ~ ")"]) -%}
    {%- endfor -%}
    {#- One sort of both together: a key's rows stand side by side, also where it has a NULL. -#}
    with
        both_sides as (
            select {{ shown }}, 0 as hw_is_source
            from {{ history.source }}
            where
                {{ headwater._is_open(history) }}
                {%- if history.exists %} and {{ history.exists }}{% endif %}
            union all
            select {{ shown }}, 1 as hw_is_source
            from {{ headwater._source_as(source, "headwater_rows") }}
        ),

        compared as (
            select
                {{ names }},
                hw_is_source,
                sum(1 - hw_is_source) over (partition by {{ names }}) as current_count,
                sum(hw_is_source) over (partition by {{ names }}) as source_count,
                {{ headwater._list_of_true(differing) }} as different_columns
            from both_sides
        ),

        differences as (
            select
                {{ names }},
                case
                    when current_count > 1
                    then 'two current versions'
                    when source_count > 1
                    then 'repeated in the source'
                    when current_count = 0
                    then 'missing'
                    when source_count = 0
                    then 'surplus'
                    when hw_is_source = 1 and different_columns <> ''
                    then 'different'
                end as difference,
                case
                    when current_count = 1 and source_count = 1 then different_columns else ''
                end as different_columns
            from compared
        )

    select distinct difference, {{ names }}, different_columns
    from differences
    where difference is not null {{ "and difference <> 'surplus'" if deletes == "ignore" }}
{% endtest %}
