{#-
    Whether --full-refresh may replace the history: not where the query can't give it back, and, with an
    error, not from an empty or partial batch.
-#}
{% macro _scd2_may_rebuild(run) %}
    {%- if run.options.on_full_refresh == "rebuild" -%} {{ return(true) }} {%- endif -%}
    {%- if run.options.on_full_refresh == "error" -%}
        {{ headwater._raise_argument(
            "scd2", "on_full_refresh", "no --full-refresh (on_full_refresh: error)",
            "--full-refresh of " ~ run.target
        ) }}
    {%- endif -%}
    {%- do exceptions.warn(
        "headwater.scd2(): --full-refresh is not done on " ~ run.target ~ ", since its query does not give "
        ~ "its history back; on_full_refresh: rebuild does it all the same"
    ) -%}
    {{ return(false) }}
{% endmacro %}
