{#- A select of stored versions with headwater_later, when the next one of the key begins. -#}
{% macro _scd2_placed_versions(relation, key, history) %}
    {%- set keys = headwater.get_quoted_identifiers(key) | join(", ") -%}
    select
        stored.*,
        nullif({{ history.end }}, {{ history.open }}) as headwater_until,
        lead({{ history.begin }}) over (
            partition by {{ keys }} order by {{ history.begin }}
        ) as headwater_later
    from {{ relation }} as stored
{% endmacro %}
