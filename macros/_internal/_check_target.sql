{#- Nothing, or an error unless what has the model's name is a table that the user may write. -#}
{% macro _check_target(run) %}
    {%- if "table" not in run.facts.kind or run.facts.kind == "foreign table" -%}
        {{ headwater._raise_argument(
            run.macro, "this", "a table, or nothing of that name yet",
            "the " ~ run.facts.kind ~ " " ~ run.target,
            "drop it, or rename the model" if run.facts.kind == "foreign table"
            else "run with --full-refresh to put a table in its place"
        ) }}
    {%- elif not run.facts.can_write -%}
        {{ headwater._raise_argument(
            run.macro, "this",
            "a table on which '" ~ run.facts.user ~ "' has select, insert, update and delete",
            run.target ~ " of '" ~ run.facts.owner ~ "'"
        ) }}
    {%- endif -%}
{% endmacro %}
