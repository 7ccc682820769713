{% macro scd2_diff(
    relation, key, earlier, later, columns=none, column_names={}, open_end=none
) %}
    {%- set history = headwater._history(
        "scd2_diff", "relation", relation,
        {"column_names": column_names, "open_end": open_end}, "headwater_rows"
    ) -%}
    {%- do headwater._check_column_list("scd2_diff", "key", key) -%}
    {%- do headwater._check_known("scd2_diff", "key", key, history.known) -%}
    {%- set compared = headwater._history_columns(history, key, columns) -%}
    {%- set names = headwater.get_quoted_identifiers(key + compared.keys() | list, "headwater_rows") -%}
    {%- set keys, values, types, shown = [], [], [], [] -%}
    {%- for name in key -%}
        {%- set pair = [headwater.column_reference(name, "before_rows"), headwater.column_reference(name, "after_rows")] -%}
        {%- do keys.append(pair) -%}
        {%- do shown.append(
            "case when before_rows.is_before is null then " ~ pair[1] ~ " else " ~ pair[0]
            ~ " end as " ~ headwater.quote_identifier(name)
        ) -%}
    {%- endfor -%}
    {%- for name, stem in compared.items() -%}
        {%- set pair = [headwater.column_reference(name, "before_rows"), headwater.column_reference(name, "after_rows")] -%}
        {%- do values.append(pair) -%}
        {%- do types.append(headwater._known_column(name, history.known)) -%}
        {%- do shown.append(pair[0] ~ " as " ~ headwater.quote_identifier(stem ~ "_before")) -%}
        {%- do shown.append(pair[1] ~ " as " ~ headwater.quote_identifier(stem ~ "_after")) -%}
    {%- endfor -%}
    {#- A version that is valid at both instants has not changed, and is read once and left out. -#}
    select
        case
            when before_rows.is_before is null
            then 'added'
            when after_rows.is_after is null
            then 'removed'
            else 'changed'
        end as difference,
        {{ shown | join(",\n        ") }}
    from
        {% for side, begin, moment, other in [
            ["before", "", earlier, later], ["after", "full join ", later, earlier]
        ] %}
            {{ begin }} (
                select {{ names | join(", ") }}, 1 as is_{{ side }}
                from {{ history.source }}
                where
                    {{ headwater._valid_at(
                    history, headwater._instant(
                        "scd2_diff", "earlier" if side == "before" else "later", moment
                    )
                ) }}
                    and not (
                        {{ headwater._valid_at(
                    history, headwater._instant(
                        "scd2_diff", "later" if side == "before" else "earlier", other
                    )
                ) }}
                    )
            ) as {{ side }}_rows
        {% endfor %}
        on {{ headwater.same_keys(keys) }}
    where
        before_rows.is_before is null or after_rows.is_after is null
        {%- if values %} or {{ headwater._changed(values, types) }} {%- endif %}
{% endmacro %}
