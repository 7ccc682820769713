{#-
    What has to be done to erase whoever hold_subject() holds: `tables` (each with name, relation, condition,
    action, statement, redacted), `tokens` (statements for the vault) and `notes`. Raises where a table with
    personal data does not say how, or knows nobody by the identifiers that are given.
-#}
{% macro _erasure_plan(identifiers) %}
    {%- set plan = {"tables": [], "tokens": [], "notes": [], "identifiers": identifiers} -%}
    {%- set bare, unknown, rebuilt = [], [], [] -%}
    {%- for table in headwater._stored_tables() -%}
        {%- set options = table.erasure -%}
        {%- set known = identifiers | select("in", options.subject) | list if options else [] -%}
        {%- if not options and not table.columns and not table.is_personal -%}
        {%- elif not options and table.is_rebuilt -%} {%- do rebuilt.append(table.name) -%}
        {%- elif not options -%} {%- do bare.append(table.name) -%}
        {%- elif options.rows == "keep" -%}
            {%- do plan.notes.append("keeps " ~ table.name ~ ": " ~ options.reason) -%}
        {%- elif not known -%}
            {%- do unknown.append(table.name ~ " (by " ~ options.subject | join(", ") ~ ")") -%}
        {%- else -%} {%- do headwater._erasure_of_table(plan, table, known) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if bare -%}
        {{ headwater._raise_argument(
            "erase_subject", "meta", "an erasure for each table that keeps personal data",
            "none for " ~ bare | join(", "),
            "write erasure: {subject: customer_id, rows: delete} under meta, headwater; or rows: keep with a reason"
        ) }}
    {%- elif unknown -%}
        {{ headwater._raise_argument(
            "erase_subject", "HEADWATER_SUBJECT", "an identifier by which each table knows people",
            identifiers | join(", ") ~ ", and not for " ~ unknown | join(", ")
        ) }}
    {%- elif not plan.tables -%}
        {{ headwater._raise_argument(
            "erase_subject", "meta", "a table in the warehouse that says how people are erased from it", "none",
            "write erasure: {subject: customer_id, rows: delete} under meta, headwater of sources and models"
        ) }}
    {%- endif -%}
    {%- if rebuilt -%}
        {%- do plan.notes.append("is in these until they are built again: dbt build -s " ~ rebuilt | join(" ")) -%}
    {%- endif -%}
    {{ return(plan) }}
{% endmacro %}
