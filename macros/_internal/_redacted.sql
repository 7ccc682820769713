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
    {%- set names = "password|passwd|passphrase|passcode|pwd|secret|token|credential|authorization|cookie"
        ~ "|access_?signature|(?:api|access|account|shared|private|storage|ssh|hmac|signing|master|symmetric"
        ~ "|encryption|decryption)[_ -]?(?:symmetric[_-])?key" -%}
    {#- A text in quotes, with what is doubled or escaped in it; it may be cut before it ends. -#}
    {%- set single, double = "'(?:[^'\\\\]|\\\\.|'')*(?:'|$)", '"(?:[^"\\\\]|\\\\.|"")*(?:"|$)' -%}
    {%- set group = "[(\\[{](?:" ~ single ~ "|" ~ double ~ "|[^)\\]}'\"])*[)\\]}]?" -%}
    {%- set kept.text = re.sub(
        "(?i)((?:(?<![\\w-])[\\w-]*(?:" ~ names ~ ")[\\w-]*|\\b(?:pass|auth|sig|identified\\s+by)"
        ~ "|(?:(?<=[({,])|(?<=[({,] ))key)"
        ~ "(?=\\W))((?:\\\\[nrt]|\\\\?[\"'])*\\s*(?:=>|:=|[=:])\\s*|\\s+(?:(?:is|to)\\s+)?(?=(?:[ebnru]|u&)?'|\\$))"
        ~ "(?:(?:bearer|basic)\\s+)?(?:(?:[ebnru]|u&)?" ~ single ~ "|r?" ~ double ~ "|" ~ group
        ~ "|[^\\s,;)}]+)",
        "\\1\\2[redacted]", kept.text
    ) -%}
    {%- set kept.text = re.sub(
        "(?i)((?<!\\S)--[\\w-]*(?:" ~ names ~ ")[\\w-]*\\s+)(?!-|\\[redacted)\\S+"
        ~ "|(set_config\\(\\s*'[^']*'\\s*,\\s*)" ~ single,
        "\\1\\2[redacted]", kept.text
    ) -%}
    {#- What is known by how it begins, whatever it is called. -#}
    {%- set kept.text = re.sub(
        "(?i)\\bbearer\\s+[\\w.~+/=-]{8,}|\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b|\\bgh[pousr]_\\w{20,}"
        ~ "|\\beyJ[\\w-]{8,}\\.[\\w.-]+|-----BEGIN [A-Z ]*PRIVATE KEY[\\s\\S]*"
        ~ "|\\bgithub_pat_\\w{20,}|\\bgl(?:pat|rt|dt|ptt|cbt)-[\\w-]{16,}|\\bx(?:ox[a-z]|app)-[\\w-]{10,}"
        ~ "|\\b[rs]k[-_][\\w-]{20,}|\\bdapi[0-9a-f]{32}|\\bAIza[\\w-]{30,}|\\bya29\\.[\\w-]{20,}"
        ~ "|\\b(?:dbt[cu]|hf|npm|shp[a-z]{2}|dop_v1|dckr_pat)_\\w{20,}|\\bpypi-[\\w-]{20,}"
        ~ "|\\bhv[sb]\\.[\\w-]{20,}|\\bSG\\.[\\w-]{16,}\\.[\\w-]{16,}|\\bAGE-SECRET-KEY-\\w{20,}",
        "[redacted]", kept.text
    ) -%}
    {{ return(kept.text if kept.text | length <= 1000 else kept.text[:999] ~ "…") }}
{% endmacro %}
