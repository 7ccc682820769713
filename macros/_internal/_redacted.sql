{#-
    A message as it may be kept: without the texts in `secrets`, without what looks like a password, a
    token or a key, and cut at 1,000 characters. none stays none.
-#}
{% macro _redacted(message, secrets) %}
    {%- if message is none or message is undefined -%} {{ return(none) }} {%- endif -%}
    {%- set kept = namespace(text=(message | string)) -%}
    {%- for secret in secrets if secret in kept.text -%}
        {%- set kept.text = kept.text | replace(secret, "[redacted]") -%}
    {%- endfor -%}
    {%- set re = modules.re -%}
    {%- if "://" in kept.text -%}
        {%- set kept.text = re.sub("://[^/\\s:@]*:[^\\s@]*@", "://[redacted]@", kept.text) -%}
    {%- endif -%}
    {%- set kept.text = re.sub(
        "(?i)\\b([\\w-]*(?:password|passwd|pwd|secret|token|api_?key|access_?key|private_?key"
        ~ "|credential|authorization)[\\w-]*)(\"?'?\\s*(?:=>|[=:])\\s*)"
        ~ "(?:(?:bearer|basic)\\s+)?(?:'[^']*'|\"[^\"]*\"|[^\\s,;)}]+)",
        "\\1\\2[redacted]", kept.text
    ) -%}
    {%- set kept.text = re.sub(
        "(?i)\\bbearer\\s+[\\w.~+/=-]{8,}|\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b|\\bgh[pousr]_\\w{20,}"
        ~ "|\\beyJ[\\w-]{8,}\\.[\\w.-]+|-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*",
        "[redacted]", kept.text
    ) -%}
    {{ return(kept.text if kept.text | length <= 1000 else kept.text[:999] ~ "…") }}
{% endmacro %}
