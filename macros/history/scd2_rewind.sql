{% macro scd2_rewind(table, to, dry_run=true, column_names={}, open_end=none) %}
    {%- set relation = headwater._named_table("scd2_rewind", "table", table) -%}
    {%- do headwater._check_choice("scd2_rewind", "dry_run", dry_run, [true, false]) -%}
    {%- if not execute -%} {{ return(none) }} {%- endif -%}
    {%- set history = headwater._scd2_stored("scd2_rewind", relation, column_names, open_end) -%}
    {%- set moment = headwater._scd2_moment_given("scd2_rewind", "to", to, history.time_type) -%}
    {%- set later = history.begin ~ " > " ~ moment -%}
    {%- set ended = history.end ~ " > " ~ moment -%}
    {%- if open_end is not none -%}
        {%- set ended = ended ~ " and " ~ history.end ~ " <> " ~ history.open -%}
    {%- endif -%}
    {%- set kept_count = "0" -%}
    {%- if history.kept -%}
        {%- set kept_count = "(select count(*) from " ~ history.kept ~ " where headwater_from > " ~ moment ~ ")" -%}
    {%- endif -%}
    {%- set counts = run_query(
        "select (select count(*) from " ~ relation ~ " where " ~ later ~ "), " ~ kept_count
        ~ ", (select count(*) from " ~ relation ~ " where not (" ~ later ~ ") and " ~ ended ~ ")"
    ).rows[0] -%}
    {%- set said = counts[0] ~ " versions and " ~ counts[1] ~ " kept events after " ~ to ~ " "
        ~ ("would go" if dry_run else "are gone") ~ " from " ~ relation ~ "; " ~ counts[2] ~ " versions "
        ~ ("would be open again" if dry_run else "are open again") -%}
    {%- if not dry_run -%}
        {%- set statements = [
            headwater.lock_statement(relation.render()),
            "delete from " ~ relation ~ " where " ~ later,
            "update " ~ relation ~ " set " ~ history.end ~ " = " ~ history.open ~ " where " ~ ended,
        ] -%}
        {%- if history.kept -%}
            {%- do statements.append("delete from " ~ history.kept ~ " where headwater_from > " ~ moment) -%}
        {%- endif -%}
        {%- do headwater.run_committed(statements | select | list) -%}
    {%- endif -%}
    {%- do log("headwater.scd2_rewind(): " ~ said ~ (" (dry_run)" if dry_run else ""), info=true) -%}
{% endmacro %}
