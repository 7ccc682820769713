{% test no_raw_pii(model, columns=none, patterns=["email", "card", "iban", "phone", "ip", "ssn"], column_name=none) %}
    {%- do headwater._check_choices(
        "no_raw_pii", "patterns", patterns, headwater._pii_candidates().keys() | list
    ) -%}
    {%- if columns is not none -%}
        {%- do headwater._check_column_list("no_raw_pii", "columns", columns) -%}
    {%- endif -%}
    {%- set known = headwater._known_columns(model) -%}
    {%- do headwater._check_known("no_raw_pii", "columns", columns or [], known) -%}
    {%- set looked_at = [column_name] if column_name else columns or [] -%}
    {%- if not looked_at -%}
        {%- for column in known if modules.re.search("(?i)char|text|string|json|citext|inet|name|variant", column.type) -%}
            {%- do looked_at.append(column.name) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if not looked_at and not known and execute -%}
        {{ headwater._raise_argument(
            "no_raw_pii", "columns", "the columns to look at, which a filtered or missing model does not tell",
            "none", "write columns: [email, note]"
        ) }}
    {%- elif not looked_at -%} select 1 as raw_value_count where 1 = 0
    {%- else -%} {{ headwater._raw_pii_select(model, looked_at, patterns) }}
    {%- endif -%}
{% endtest %}
