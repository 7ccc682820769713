{% macro scd2_current(
    relation, column_names={}, open_end=none, deleted="leave_out", columns=none
) %}
    {%- set history = headwater._history(
        "scd2_current", "relation", relation,
        {"column_names": column_names, "open_end": open_end, "deleted": deleted}, "headwater_rows"
    ) -%}
    select {{ headwater._selected(history, columns) }}
    from {{ history.source }}
    where
        {{ headwater._is_open(history) }}
        {%- if history.exists %} and {{ history.exists }}{% endif %}
{% endmacro %}
