{#-
    What a valid history doesn't have, as `conditions` by the name of the rule, and the `columns` about
    a version's neighbours that they need. Versions that never hold (hw_is_never) break their own rule
    only. hw_last_end is the latest end of the versions before, if none of them is open.
-#}
{% macro _scd2_rules(history, key, columns, gaps, null_keys) %}
    {%- set keys = headwater.get_quoted_identifiers(key, history.alias) -%}
    {%- set same_key = keys | join(", ") ~ ", " ~ history.alias ~ ".hw_is_never" -%}
    {%- set order = "partition by " ~ same_key ~ " order by " ~ history.begin ~ ", " ~ history.end -%}
    {%- set before = order ~ " rows between unbounded preceding and 1 preceding" -%}
    {%- set counts = "hw_is_never = 0" -%}
    {%- set far = headwater._instant("scd2_valid", "open_end", "9999-01-01") -%}
    {%- set wrong_end = history.end ~ " >= " ~ far -%}
    {%- if history.open_end -%}
        {%- set wrong_end = (
            history.end ~ " is null or (" ~ wrong_end ~ " and " ~ history.end ~ " <> "
            ~ history.open_end ~ ")"
        ) -%}
    {%- endif -%}
    {%- set empty = [] -%}
    {%- for name in keys -%} {%- do empty.append(name ~ " is null") -%} {%- endfor -%}
    {%- set conditions = {
        "no begin": history.begin ~ " is null",
        "inverted interval": history.begin ~ " > " ~ history.end,
        "empty interval": history.begin ~ " = " ~ history.end,
        "wrong open end": wrong_end,
        "two current versions": counts ~ " and hw_is_open = 1 and hw_open_before > 0",
        "overlap": counts ~ " and (hw_open_before > 0 or " ~ history.begin ~ " < hw_last_end)",
    } -%}
    {%- if gaps == "forbid" -%}
        {%- do conditions.update({
            "gap": counts ~ " and hw_open_before = 0 and " ~ history.begin ~ " > hw_last_end"
        }) -%}
    {%- endif -%}
    {%- if null_keys == "forbid" -%}
        {%- do conditions.update({"null key": empty | join(" or ")}) -%}
    {%- endif -%}
    {%- set shown = [
        "max(case when hw_is_open = 0 then " ~ history.end ~ " end) over (" ~ before
        ~ ") as hw_last_end",
        "coalesce(sum(hw_is_open) over (" ~ before ~ "), 0) as hw_open_before",
    ] -%}
    {%- set compared = headwater._history_columns(history, key, columns) -%}
    {%- if compared -%}
        {%- set repeated = [counts, history.begin ~ " = hw_last_end", "hw_same_before = 1"] -%}
        {%- do conditions.update({"repeated version": repeated | join(" and ")}) -%}
        {%- set differs = headwater._differs_from_before(history, compared.keys() | list, order) -%}
        {%- do shown.append("case when " ~ differs ~ " then 0 else 1 end as hw_same_before") -%}
    {%- endif -%}
    {{ return({"columns": shown, "conditions": conditions}) }}
{% endmacro %}
