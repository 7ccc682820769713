{#-
    Whether rows that the batch lacks are to be taken for deleted: not when the run reads only a part,
    not when an empty batch may be an accident, and not, with an error, when they are too many.
-#}
{% macro _deletes_missing(run, live="true") %}
    {%- if run.is_partial -%} {{ return(false) }} {%- endif -%}
    {%- if not run.counts.rows and run.options.on_empty_batch == "keep" -%}
        {%- do exceptions.warn(
            "headwater." ~ run.macro ~ "(): the batch for " ~ run.target ~ " is empty, so no row was "
            ~ "taken for deleted; on_empty_batch: delete does"
        ) -%}
        {{ return(false) }}
    {%- endif -%}
    {%- if run.options.max_delete_ratio < 1 -%}
        {%- do headwater._check_delete_ratio(run, live) -%}
    {%- endif -%}
    {{ return(true) }}
{% endmacro %}
