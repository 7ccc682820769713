{#-
    What the guards of a snapshot know: its query staged once (`batch`), and as SQL on the rows of that
    query its `key` (one value, never NULL), its parts, the time `now`, and the effective `moment`.
-#}
{% macro _snapshot_reading(macro, query, options) %}
    {%- if headwater.set_utc() -%}
        {%- call statement("headwater_utc") -%} {{ headwater.set_utc() }} {%- endcall -%}
    {%- endif -%}
    {%- set batch = headwater._batch_relation(this, "_s") -%}
    {%- call statement("headwater_stage") -%}
        {{ headwater.stage_rows(batch, query) }}
    {%- endcall -%}
    {%- set known = headwater._known_columns(batch) -%}
    {%- set given = config.get("unique_key") -%}
    {%- set parts, names = [], [] -%}
    {%- for name in ([given] if given is string else given | list) -%}
        {%- set column = headwater._snapshot_column(macro, "unique_key", name, known) -%}
        {%- do parts.append(column.value) -%}
        {%- do names.append(column.name) -%}
    {%- endfor -%}
    {%- set now, moment = headwater.utc_now(), headwater.utc_now() -%}
    {%- set updated = {} -%}
    {%- if config.get("updated_at") -%}
        {#- dbt's own check strategy takes an expression, its timestamp strategy none. -#}
        {%- set updated = headwater._snapshot_column(
            macro, "updated_at", config.get("updated_at"), known, macro == "safe_timestamp"
        ) -%}
        {%- set type = updated.type or "timestamp" -%}
        {%- if type[:4] != "date" and type[:9] != "timestamp" -%}
            {{ headwater._raise_argument(
                macro, "updated_at", "a column with a date or timestamp",
                "'" ~ config.get("updated_at") ~ "', of type " ~ type, "cast it in the snapshot's query"
            ) }}
        {%- endif -%}
        {%- set now = "current_timestamp" if "zone" in type and "without" not in type else now -%}
        {%- set moment = "coalesce(" ~ updated.value ~ ", " ~ now ~ ")" -%}
    {%- endif -%}
    {%- for option in ["check_cols", "exclude_cols"] if options[option] is not string -%}
        {%- set found = [] -%}
        {%- for name in options[option] -%}
            {%- do found.append(headwater._snapshot_column(macro, option, name, known, true).name) -%}
        {%- endfor -%}
        {%- do options.update({option: found}) -%}
    {%- endfor -%}
    {%- do headwater._check_snapshot_names(macro, known) -%}
    {{ return({
        "macro": macro, "options": options, "batch": batch, "known": known, "parts": parts,
        "key_names": names, "key": headwater.key_value(parts), "now": now, "moment": moment,
        "updated": updated, "names": headwater._snapshot_names(),
        "deletes": adapter.get_hard_deletes_behavior(config),
        "far": config.get("dbt_valid_to_current"),
    }) }}
{% endmacro %}
