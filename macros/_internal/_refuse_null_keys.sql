{#- on_null_key: stops with an error, or moves the rows with a NULL in the key to the quarantine. -#}
{% macro _refuse_null_keys(run) %}
    {%- if run.options.on_null_key == "error" -%}
        {{ headwater._raise_argument(
            run.macro, "unique_key",
            "no NULL in " ~ run.key | join(", ") ~ " (on_null_key: error)",
            run.counts.null_keys ~ " rows with one"
        ) }}
    {%- endif -%}
    {%- set columns = headwater.get_quoted_identifiers(run.key) -%}
    {%- set condition = columns | join(" is null or ") ~ " is null" -%}
    {%- do headwater._set_aside(run, condition, "NULL in the key") -%}
    {%- do run.update({"counts": headwater._batch_counts(run)}) -%}
{% endmacro %}
