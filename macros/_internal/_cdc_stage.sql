{#-
    Runs the model's query once and checks that it gives changes. Names the tables that hold the changes
    (`batch`), those with typed columns (`events`), the keys with what is known of them (`touched`), those that
    were written at once (`written`) and the others with what the table has of them (`looked`).
-#}
{% macro _cdc_stage(run, query) %}
    {%- set batch = headwater._batch_relation(run.target) -%}
    {%- set staging -%}
        {{ headwater.cdc_preparation() }}
        {{ headwater.stage_rows(batch, query, config.get("sql_header")) }}
    {%- endset -%}
    {%- set facts = headwater.relation_facts(batch, before=staging) -%}
    {%- do run.update({
        "batch": batch, "events": headwater._batch_relation(run.target, "e"),
        "touched": headwater._batch_relation(run.target, "t"),
        "written": headwater._batch_relation(run.target, "w"),
        "looked": headwater._batch_relation(run.target, "l"),
    }) -%}
    {%- do run.update({"staged": [batch, run.events, run.touched, run.written, run.looked]}) -%}
    {%- set types = {} -%}
    {%- for column in facts.columns -%}
        {%- do types.update({column.name: column.type | lower}) -%}
    {%- endfor -%}
    {%- set wanted = ["key", "op", "ts", "seq", "payload", "reason"] -%}
    {%- for name in wanted if name not in types -%}
        {{ headwater._raise_argument(
            "cdc_apply", "sql", "a query with the columns " ~ wanted | join(", "),
            "no column '" ~ name ~ "'", "select from cdc_normalize()"
        ) }}
    {%- endfor -%}
    {%- for name in ["key", "payload"] if types[name] != headwater.json_type() -%}
        {{ headwater._raise_argument(
            "cdc_apply", "sql",
            "'" ~ name ~ "' of type " ~ headwater.json_type() ~ ", as cdc_normalize() writes it",
            "type " ~ types[name]
        ) }}
    {%- endfor -%}
{% endmacro %}
