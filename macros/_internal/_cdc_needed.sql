{#- The columns outside the key that may not be NULL, as far as the table or the model's contract says so. -#}
{% macro _cdc_needed(run) %}
    {%- set needed = [] -%}
    {%- for column in run.facts.columns or [] if column.is_not_null and not column.is_generated and not column.identity -%}
        {%- do needed.append(column.name) -%}
    {%- endfor -%}
    {%- set contract = config.get("contract") -%}
    {%- for name, column in model.columns.items() if contract and contract.enforced and name not in needed -%}
        {%- if column.constraints | selectattr("type", "in", ["not_null", "primary_key"]) | list -%}
            {%- do needed.append(name) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(needed | reject("in", run.key + run.own) | list) }}
{% endmacro %}
