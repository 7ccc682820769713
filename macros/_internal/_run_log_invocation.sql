{#- The one row of the invocation. Of variables only the names are kept. -#}
{% macro _run_log_invocation(rows, settings) %}
    {%- set given = invocation_args_dict or {} -%}
    {%- set bad = ["error", "fail", "runtime error", "partial success"] -%}
    {%- set counts = {"error": 0, "warn": 0, "skip": 0} -%}
    {%- for row in rows.nodes + rows.tests + rows.sources -%}
        {%- set kind = "error" if row.status in bad
            else "warn" if row.status == "warn" else "skip" if row.status == "skipped" -%}
        {%- if kind -%} {%- do counts.update({kind: counts[kind] + 1}) -%} {%- endif -%}
    {%- endfor -%}
    {%- set selection = {} -%}
    {%- for word in ["select", "exclude", "selector"] if given.get(word) -%}
        {%- do selection.update({word: given[word]}) -%}
    {%- endfor -%}
    {%- set vars = given.get("vars") -%}
    {%- set now = modules.datetime.datetime.now(modules.pytz.utc) -%}
    {%- set command = (given.get("invocation_command") or "").split() -%}
    {{ return({
        "invocation_id": invocation_id, "log_version": 1, "project_name": project_name,
        "command": flags.WHICH, "target_name": target.name, "adapter_type": adapter.type(),
        "dbt_version": dbt_version, "started_at": run_started_at, "logged_at": now,
        "seconds": (now - run_started_at).total_seconds(),
        "status": "error" if counts.error else "warn" if counts.warn else "success",
        "is_full_refresh": flags.FULL_REFRESH or false,
        "is_empty": true if (flags.EMPTY or given.get("empty")) else false,
        "is_sample": true if (flags.SAMPLE or given.get("sample")) else false,
        "is_deferred": true if given.get("defer") else false,
        "is_retry": "retry" in command and flags.WHICH not in command,
        "selection": headwater._redacted(tojson(selection), settings.secrets) if selection,
        "var_names": vars.keys() | sort | join(", ") if vars is mapping and vars,
        "labels": tojson(settings.labels) if settings.labels,
        "node_count": (rows.nodes + rows.tests + rows.sources) | length,
        "error_count": counts.error, "warn_count": counts.warn, "skip_count": counts.skip,
    }) }}
{% endmacro %}
