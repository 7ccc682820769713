{#-
    What log_run() was told, with every mistake found: `problem` is empty, or says why nothing can be
    logged. A mistake is no error here: a log must not end a run.
-#}
{% macro _run_log_settings(labels, redact, messages) %}
    {%- set problems = [] -%}
    {%- if labels is not none and labels is not mapping -%}
        {%- do problems.append("'labels' is not a mapping: " ~ headwater._describe(labels)) -%}
    {%- endif -%}
    {%- if redact is string or redact is not iterable -%}
        {%- do problems.append("'redact' is not a list: " ~ headwater._describe(redact)) -%}
    {%- endif -%}
    {%- if messages is not boolean -%}
        {%- do problems.append("'messages' is not true or false: " ~ headwater._describe(messages)) -%}
    {%- endif -%}
    {{ return({
        "problem": problems | join("; "),
        "labels": labels if labels is mapping else {},
        "secrets": headwater._run_log_secrets(
            redact if redact is not string and redact is iterable else []
        ),
        "messages": messages, "said": {},
    }) }}
{% endmacro %}
