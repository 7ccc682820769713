{#-
    What the macros that read a history agree on, with every argument checked: where its rows come from,
    its columns of time, quoted behind `alias`, and whether it marks deletions.

    options: column_names in the shape of dbt's snapshot_meta_column_names, open_end as its
    dbt_valid_to_current, deleted ('leave_out' or 'keep').
-#}
{% macro _history(macro, argument, relation, options, alias) %}
    {%- do headwater._check_relation(macro, argument, relation) -%}
    {%- set names = headwater._history_names(macro, options.get("column_names")) -%}
    {%- set deleted = options.get("deleted", "leave_out") -%}
    {%- do headwater._check_choice(macro, "deleted", deleted, ["keep", "leave_out"]) -%}
    {%- set known = headwater._known_columns(relation) -%}
    {%- do headwater._check_known(
        macro, "column_names", [names.dbt_valid_from, names.dbt_valid_to], known
    ) -%}
    {#- Of a CTE or a select nothing is known: then a name that is given says that there is one. -#}
    {%- set has_marks = "dbt_is_deleted" in (options.get("column_names") or {}) -%}
    {%- if known -%}
        {%- set has_marks = headwater._known_column(names.dbt_is_deleted, known) is not none -%}
    {%- endif -%}
    {%- set mark = headwater.column_reference(names.dbt_is_deleted, alias) -%}
    {%- set text = "lower(cast(" ~ mark ~ " as " ~ dbt.type_string() ~ "))" -%}
    {{ return({
        "macro": macro, "names": names, "known": known, "alias": alias,
        "source": headwater._source_as(relation, alias),
        "begin": headwater.column_reference(names.dbt_valid_from, alias),
        "end": headwater.column_reference(names.dbt_valid_to, alias),
        "open_end": headwater._open_end(macro, options.get("open_end")),
        "has_marks": has_marks,
        "is_deleted": "coalesce(" ~ text ~ ", 'false') in ('true', 't', '1')" if has_marks else "",
        "exists": (
            "coalesce(" ~ text ~ ", 'false') not in ('true', 't', '1')"
            if has_marks and deleted == "leave_out"
            else ""
        ),
    }) }}
{% endmacro %}
