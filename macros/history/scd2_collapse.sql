{% macro scd2_collapse(relation, key, check_cols=none, column_names={}, open_end=none, columns=none) %}
    {%- do headwater._check_column_list("scd2_collapse", "key", key) -%}
    {%- set history = headwater._history(
        "scd2_collapse", "relation", relation,
        {"column_names": column_names, "open_end": open_end, "deleted": "keep"}, "headwater_rows"
    ) -%}
    {%- do headwater._check_known("scd2_collapse", "key", key, history.known) -%}
    {%- set names = headwater._history_columns(history, key, columns).keys() | list -%}
    {%- set compared = names if check_cols is none else check_cols -%}
    {%- if check_cols is not none -%}
        {%- do headwater._check_column_list("scd2_collapse", "check_cols", check_cols) -%}
        {%- do headwater._check_known("scd2_collapse", "check_cols", check_cols, history.known) -%}
    {%- endif -%}
    {{- headwater._scd2_collapsed(history, key, names, compared) -}}
{% endmacro %}
