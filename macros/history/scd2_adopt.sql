{% macro scd2_adopt(table, key, to=none, dry_run=true, column_names={}, open_end=none) %}
    {%- do headwater._check_column_list("scd2_adopt", "key", key) -%}
    {%- set relation = headwater._named_table("scd2_adopt", "table", table) -%}
    {%- do headwater._check_choice("scd2_adopt", "dry_run", dry_run, [true, false]) -%}
    {%- if to is not none and (to is not string or not to | trim or "." in to) -%}
        {{ headwater._raise_argument(
            "scd2_adopt", "to", "the name of a new table in the snapshot's schema, or none", headwater._describe(to)
        ) }}
    {%- endif -%}
    {%- if not execute -%} {{ return(none) }} {%- endif -%}
    {%- set history = headwater._scd2_stored("scd2_adopt", relation, column_names, open_end) -%}
    {%- do headwater._check_columns_exist("scd2_adopt", "key", key, history.columns) -%}
    {%- if history.kept and to is none -%}
        {{ headwater._raise_argument(
            "scd2_adopt", "table", "a snapshot that was not adopted yet", relation ~ ", which was"
        ) }}
    {%- endif -%}
    {%- if to is not none and adapter.get_relation(relation.database, relation.schema, to) -%}
        {{ headwater._raise_argument(
            "scd2_adopt", "to", "the name of a table that is not there yet", "'" ~ to ~ "'",
            "take another, or drop it"
        ) }}
    {%- endif -%}
    {%- set counts = headwater._scd2_adoption_counts(relation, key, history) -%}
    {%- if counts.broken -%}
        {{ headwater._raise_argument(
            "scd2_adopt", "table", "a history in which the versions of a key follow each other",
            counts.broken ~ " of " ~ counts.rows ~ " versions of " ~ relation
            ~ " have no beginning, end before they begin, or after the next begins",
            "the test scd2_valid names them; mend them first"
        ) }}
    {%- endif -%}
    {%- if not dry_run -%}
        {%- do headwater.run_committed(headwater._scd2_adoption(relation, key, to, history)) -%}
    {%- endif -%}
    {%- do log(
        "headwater.scd2_adopt(): " ~ counts.rows ~ " versions and " ~ counts.ends ~ " deletions of " ~ relation
        ~ (" would be" if dry_run else " are") ~ " taken over" ~ (" as " ~ to if to else "")
        ~ (" (dry_run)" if dry_run else ""), info=true
    ) -%}
{% endmacro %}
