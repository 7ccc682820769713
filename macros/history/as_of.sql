{% macro as_of(
    relation, instant, column_names={}, open_end=none, deleted="leave_out", columns=none
) %}
    {%- set history = headwater._history(
        "as_of", "relation", relation,
        {"column_names": column_names, "open_end": open_end, "deleted": deleted}, "headwater_rows"
    ) -%}
    {%- set moment = headwater._instant("as_of", "instant", instant) -%}
    select {{ headwater._selected(history, columns) }}
    from {{ history.source }}
    where {{ headwater._valid_at(history, moment) }}
{% endmacro %}
