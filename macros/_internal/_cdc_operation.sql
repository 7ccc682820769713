{#- SQL for the operation in our words; NULL for a word that is not known. -#}
{% macro _cdc_operation(change, op_values) -%}
    {%- set words = {
        "create": ["c", "i", "insert", "create"],
        "read": ["r", "read", "snapshot"],
        "update": ["u", "update", "upsert"],
        "delete": ["d", "delete"],
        "truncate": ["t", "truncate"],
    } -%}
    {%- for name, more in op_values.items() -%}
        {%- do headwater._check_choice("cdc_normalize", "op_values", name, words | list) -%}
        {%- if more is string or more is not iterable -%}
            {{ headwater._raise_argument(
                "cdc_normalize", "op_values", "a list of what the log writes, such as {'update': ['U']}",
                headwater._describe(more)
            ) }}
        {%- endif -%}
        {%- for other in words if other != name -%}
            {%- do words.update({other: words[other] | reject("in", more | map("lower") | list) | list}) -%}
        {%- endfor -%}
        {%- do words.update({name: words[name] + more | map("lower") | list}) -%}
    {%- endfor -%}
    {%- set branches = [] -%}
    {%- if change.is_deleted -%}
        {%- do branches.append("when is_deleted then 'delete'") -%}
    {%- endif -%}
    {%- for name, values in words.items() if change.op and values -%}
        {%- set quoted = [] -%}
        {%- for value in values -%}
            {%- do quoted.append(dbt.string_literal(dbt.escape_single_quotes(value))) -%}
        {%- endfor -%}
        {%- do branches.append(
            "when lower(op_text) in (" ~ quoted | join(", ") ~ ") then '" ~ name ~ "'"
        ) -%}
    {%- endfor -%}
    {%- if not change.op -%} {%- do branches.append("when true then 'update'") -%} {%- endif -%}
    case {{ branches | join(" ") }} end
{%- endmacro %}
