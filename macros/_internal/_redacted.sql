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
    {#- Twice what is kept: what is beyond is not looked at. -#}
    {%- set re, kept.text = modules.re, kept.text[:2000] -%}
    {%- if "@" in kept.text -%}
        {%- set kept.text = re.sub("://[^/\\s:@]*:\\S*@", "://[redacted]@", kept.text) -%}
        {%- set kept.text = re.sub("(?<![\\w/])[\\w.+-]+:[^\\s@:/'\"]{3,}@(?=\\w)", "[redacted]@", kept.text) -%}
    {%- endif -%}
    {%- set kept.text = re.sub(
        "(?i)\\b((?:[\\w-]*(?:password|passwd|passphrase|pwd|secret|token|credential|authorization"
        ~ "|(?:api|access|account|shared|private|encryption)[_-]?key)[\\w-]*|pass|auth|sig|identified\\s+by)"
        ~ "(?=\\W))(\"?'?\\s*(?:=>|[=:])\\s*|\\s+(?='))"
        ~ "(?:(?:bearer|basic)\\s+)?(?:'[^']*'|\"[^\"]*\"|[^\\s,;)}]+)",
        "\\1\\2[redacted]", kept.text
    ) -%}
    {#- What is known by how it begins, whatever it is called. -#}
    {%- set kept.text = re.sub(
        "(?i)\\bbearer\\s+[\\w.~+/=-]{8,}|\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b|\\bgh[pousr]_\\w{20,}"
        ~ "|\\beyJ[\\w-]{8,}\\.[\\w.-]+|-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*"
        ~ "|\\bgithub_pat_\\w{20,}|\\bglpat-[\\w-]{16,}|\\bxox[a-z]-[\\w-]{10,}|\\bsk[-_][\\w-]{20,}"
        ~ "|\\bdapi[0-9a-f]{32}|\\bAIza[\\w-]{30,}|\\bdbt[cu]_\\w{20,}|\\b(?:hf|npm)_\\w{20,}",
        "[redacted]", kept.text
    ) -%}
    {{ return(kept.text if kept.text | length <= 1000 else kept.text[:999] ~ "…") }}
{% endmacro %}
