{#-
    Adds the members of the changes that are no columns yet to `types`, each with a type that its values
    have; a key without any becomes a text.
-#}
{% macro _cdc_find_columns(run) %}
    {%- call statement("headwater_cdc_columns", fetch_result=true) -%}
        {{ headwater.new_members(run) }}
    {%- endcall -%}
    {%- set found = load_result("headwater_cdc_columns").data if run.finds_columns else [] -%}
    {%- if found and run.facts and not run.is_rebuild and run.options.on_schema_change == "fail" -%}
        {%- set names = [] -%}
        {%- for row in found -%} {%- do names.append("'" ~ row[0] ~ "'") -%} {%- endfor -%}
        {{ headwater._raise_argument(
            "cdc_apply", "on_schema_change", "no new columns (on_schema_change: fail)", names | join(", ")
        ) }}
    {%- endif -%}
    {%- for row in found -%}
        {%- do headwater.quote_identifier(row[0]) -%}
        {%- if row[0] in run.own or row[0].startswith("_hw_") -%}
            {{ headwater._raise_argument(
                "cdc_apply", "sql", "rows without a column '" ~ row[0] ~ "', which cdc_apply keeps itself",
                "'" ~ row[0] ~ "' in a payload"
            ) }}
        {%- endif -%}
        {%- do run.types.update({row[0]: row[1]}) -%}
    {%- endfor -%}
    {%- for name in run.key if name not in run.types -%}
        {%- do run.types.update({name: dbt.type_string()}) -%}
    {%- endfor -%}
    {%- do run.update({"finds_columns": false}) -%}
{% endmacro %}
