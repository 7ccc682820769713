{#-
    64 hexadecimal digits: the HMAC-SHA-256 of a text under a key. The length of the domain stands before
    it, so that no two pairs of domain and value make the same message.
-#}
{% macro _keyed_digest(macro, text, domain, version) %}
    {%- do headwater._check_domain(macro, domain) -%}
    {%- set framed = "'" ~ domain | length ~ ":" ~ domain ~ ":' || " ~ text -%}
    {{- headwater.hmac_sha256(macro, framed, version) -}}
{% endmacro %}
