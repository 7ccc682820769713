{% test scd2_valid(
    model, key, columns=none, gaps="allow", null_keys="allow", column_names={}, open_end=none
) %}
    {%- do headwater._check_column_list("scd2_valid", "key", key) -%}
    {%- do headwater._check_choice("scd2_valid", "gaps", gaps, ["allow", "forbid"]) -%}
    {%- do headwater._check_choice("scd2_valid", "null_keys", null_keys, ["allow", "forbid"]) -%}
    {%- set history = headwater._history("scd2_valid", "model", model, {
        "column_names": column_names, "open_end": open_end, "deleted": "keep"
    }, "headwater_rows") -%}
    {%- do headwater._check_known("scd2_valid", "key", key, history.known) -%}
    {%- set rules = headwater._scd2_rules(history, key, columns, gaps, null_keys) -%}
    {%- set names = headwater.get_quoted_identifiers(key) | join(", ") -%}
    with
        versions as (
            select
                headwater_rows.*,
                case
                    when {{ history.begin }} < {{ history.end }} or {{ history.end }} is null
                    then case when {{ history.begin }} is null then 1 else 0 end
                    else 1
                end as hw_is_never,
                case when {{ headwater._is_open(history) }} then 1 else 0 end as hw_is_open
            from {{ history.source }}
        ),

        neighbours as (
            select headwater_rows.*, {{ rules.columns | join(",\n                ") }}
            from versions as headwater_rows
        ),

        broken as (
            {% for rule, condition in rules.conditions.items() %}
                select '{{ rule }}' as broken_rule, headwater_rows.*
                from neighbours as headwater_rows
                where {{ condition }} {{ "union all" if not loop.last }}
            {% endfor %}
        )

    select
        broken_rule,
        {{ names }},
        {{ headwater.quote_identifier(history.names.dbt_valid_from) }} as valid_from,
        {{ headwater.quote_identifier(history.names.dbt_valid_to) }} as valid_to,
        hw_last_end as earlier_valid_to
    from broken
{% endtest %}
