{#- Adds to the plan of an erasure what one table needs, its quarantine and the tokens of its columns. -#}
{% macro _erasure_of_table(plan, table, identifiers) %}
    {%- set there = adapter.get_columns_in_relation(table.relation) | map(attribute="name") | list -%}
    {%- set real = {} -%}
    {%- for name in there -%}
        {%- do real.update({headwater.folded_name(name): name}) -%}
    {%- endfor -%}
    {%- set wanted, asked, kept = [], [], [] -%}
    {%- for identifier in identifiers -%}
        {%- do wanted.append(table.erasure.subject[identifier]) -%}
    {%- endfor -%}
    {%- do headwater._check_columns_exist("erase_subject", table.name ~ ".erasure.subject", wanted, there) -%}
    {%- do headwater._check_columns_exist(
        "erase_subject", table.name ~ ".columns", table.columns.values() | map(attribute="name") | list, there
    ) -%}
    {%- for identifier in identifiers -%}
        {%- set column = real[headwater.folded_name(table.erasure.subject[identifier])] -%}
        {%- do asked.append([identifier, headwater._text_of(headwater.quote_identifier(column))]) -%}
        {%- do kept.append([identifier, headwater.json_text("row_data", [column])]) -%}
    {%- endfor -%}
    {%- set condition = headwater._is_the_subject(asked) -%}
    {%- set sets, left, redacted = [], [], [] -%}
    {%- for key, column in table.columns.items() -%}
        {%- set name = headwater.quote_identifier(real[key]) -%}
        {%- if column.tokens -%}
            {%- do plan.tokens.append(headwater._token_deletion(table.relation, name, column.tokens, condition)) -%}
        {%- endif -%}
        {%- if column.to != "keep" -%}
            {%- set value = "null" if column.to is none else headwater._literal(column.to) -%}
            {%- do sets.append(name ~ " = " ~ value) -%} {%- do redacted.append(real[key]) -%}
            {%- do left.append(name ~ " is not null" if column.to is none
                else headwater._text_of(name) ~ " is distinct from " ~ value) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if table.erasure.rows == "delete" -%}
        {%- do plan.tables.append({
            "name": table.name, "relation": table.relation, "condition": condition, "action": "delete",
            "statement": "delete from " ~ table.relation ~ " where " ~ condition, "redacted": [],
        }) -%}
    {%- elif not sets -%}
        {{ headwater._raise_argument(
            "erase_subject", table.name ~ ".columns", "columns with personal data, which are emptied", "none",
            "tag them with pii, or write rows: delete"
        ) }}
    {%- else -%}
        {%- set some = condition ~ " and (" ~ left | join(" or ") ~ ")" -%}
        {%- do plan.tables.append({
            "name": table.name, "relation": table.relation, "condition": some, "action": "redact",
            "statement": "update " ~ table.relation ~ " set " ~ sets | join(", ") ~ " where " ~ some,
            "redacted": redacted,
        }) -%}
    {%- endif -%}
    {%- if table.quarantine is not none and table.quarantine.is_table
        and "row_data" in adapter.get_columns_in_relation(table.quarantine) | map(attribute="name") -%}
        {%- set aside = headwater._is_the_subject(kept) -%}
        {%- do plan.tables.append({
            "name": table.quarantine.identifier, "relation": table.quarantine, "condition": aside, "action": "delete",
            "statement": "delete from " ~ table.quarantine ~ " where " ~ aside, "redacted": [],
        }) -%}
    {%- endif -%}
{% endmacro %}
