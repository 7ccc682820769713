{#- Runs the model's query once and checks that it gives changes. -#}
{% macro _cdc_stage(run, query) %}
    {%- set facts = headwater.relation_facts(
        run.batch, before=headwater.stage_rows(run.batch, query, config.get("sql_header"))
    ) -%}
    {%- set types = {} -%}
    {%- for column in facts.columns -%}
        {%- do types.update({column.name: column.type}) -%}
    {%- endfor -%}
    {%- set wanted = ["key", "op", "ts", "seq", "payload", "reason"] -%}
    {%- for name in wanted if name not in types -%}
        {{ headwater._raise_argument(
            "cdc_apply", "sql", "a query with the columns " ~ wanted | join(", "),
            "no column '" ~ name ~ "'", "select from cdc_normalize()"
        ) }}
    {%- endfor -%}
    {%- for name in ["key", "payload"] if types[name] != "jsonb" -%}
        {{ headwater._raise_argument(
            "cdc_apply", "sql", "'" ~ name ~ "' of type jsonb, as cdc_normalize() writes it",
            "type " ~ types[name]
        ) }}
    {%- endfor -%}
{% endmacro %}
