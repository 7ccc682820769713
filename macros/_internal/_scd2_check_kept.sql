{#-
    Nothing, or an error unless the table of kept events is the history's: what it forgot, late rows would
    be put wrong without, and what is somebody else's may not be written or dropped.
-#}
{% macro _scd2_check_kept(run) %}
    {%- set facts, known = headwater.relation_facts(run.kept), run.facts.columns or [] -%}
    {%- set names = (facts.columns or []) | map(attribute="name") | list -%}
    {%- set needed = ["headwater_from", "headwater_gone"] -%}
    {%- if facts and (facts.kind != "table" or needed | reject("in", names) | list) -%}
        {{ headwater._raise_argument(
            "scd2", "this", "the table of kept events of " ~ run.target ~ ", or nothing, under its name",
            "the " ~ facts.kind ~ " " ~ run.kept ~ " without " ~ needed | reject("in", names) | join(", ")
            if facts.kind == "table" else "the " ~ facts.kind ~ " " ~ run.kept, "rename it, or the model"
        ) }}
    {%- elif run.is_fresh -%} {{ return("") }}
    {%- endif -%}
    {%- set kept = needed + run.columns | map(attribute="name") | list -%}
    {%- set missing = known | map(attribute="name") | select("in", kept) | reject("in", names) | list -%}
    {%- if not facts or missing -%}
        {%- set given = {"table": run.target.schema ~ "." ~ run.target.identifier, "key": run.key} -%}
        {%- if headwater._option("snapshot_meta_column_names") -%}
            {%- do given.update({"column_names": headwater._option("snapshot_meta_column_names")}) -%}
        {%- endif -%}
        {%- if run.options.open_end is not none -%}
            {%- do given.update({"open_end": run.options.open_end}) -%}
        {%- endif -%}
        {{ headwater._raise_argument(
            "scd2", "this", "beside " ~ run.target ~ " its table of kept events, in which its deletions and repeats stand",
            "no " ~ run.kept if not facts else run.kept ~ " without " ~ missing | join(", "),
            "bring it back (or rename it, if the history was renamed); or build the history anew with --full-refresh, "
            ~ "if the query has all its events; or go on from the versions alone, after which a late row may be put "
            ~ "wrong where a repeat was forgotten: " ~ ("drop what is left of it, and " if facts else "")
            ~ "dbt run-operation scd2_adopt --args '" ~ tojson(given) ~ "'"
        ) }}
    {%- endif -%}
{% endmacro %}
