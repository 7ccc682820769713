{% macro pit_join(
    spine, history, key, at, columns=none,
    missing="null", unknown={}, null_keys="match", column_names={}, open_end=none, deleted="leave_out",
    method="auto"
) %}
    {%- do headwater._check_relation("pit_join", "spine", spine) -%}
    {%- do headwater._check_choice("pit_join", "missing", missing, ["null", "first", "unknown", "drop"]) -%}
    {%- do headwater._check_choice("pit_join", "null_keys", null_keys, ["match", "never"]) -%}
    {%- do headwater._check_choice("pit_join", "method", method, ["auto", "range", "sweep"]) -%}
    {%- set versions = headwater._history(
        "pit_join", "history", history,
        {"column_names": column_names, "open_end": open_end, "deleted": deleted}, "headwater_rows"
    ) -%}
    {%- set key = headwater._key_pairs("pit_join", key) -%}
    {%- set wanted = headwater._history_columns(
        versions, key | map(attribute=1) | list, columns
    ) -%}
    {%- do headwater._check_pit_join(spine, versions, key, at, wanted, missing, unknown) -%}
    {%- set chosen = headwater.pit_method() if method == "auto" else method -%}
    {%- set known = headwater._known_columns(spine) -%}
    {%- if method == "sweep" and not known and execute -%}
        {{ headwater._raise_argument(
            "pit_join", "method", "a spine whose columns are known, which 'sweep' needs",
            "a CTE or a select", "pass a relation such as ref('orders'), or leave out method"
        ) }}
    {%- endif -%}
    {%- set options = {
        "columns": wanted.keys() | list, "missing": missing, "null_keys": null_keys,
        "method": chosen, "unknown": unknown,
    } -%}
    {%- if chosen == "adaptive" and known -%}
        {{- headwater._pit_adaptive(spine, versions, key, at, wanted, options) -}}
    {%- elif chosen == "sweep" -%}
        {%- set sweep = headwater._pit_sweep(spine, versions, key, at, wanted, options) -%}
        with headwater_versions as ({{ sweep.versions }}) {{ sweep.select }}
        where {{ sweep.where }}
    {%- else -%}
        {%- set range = headwater._pit_range(spine, versions, key, at, wanted, options) -%}
        {{ range.select }}
        {{ "where " ~ range.where if range.where != "true" }}
    {%- endif -%}
{% endmacro %}
