{#-
    An expression with the mark by which `lineage pii` knows it for a mask (decision 10). `word` says what
    the mask leaves; `notes` are for people, and hold neither keys nor values.
-#}
{% macro _masked(word, expression, notes={}) %}
    {%- if adapter.type() in ["fabric", "sqlserver", "synapse"] -%}
        {{ headwater._raise_argument(
            "masking", "target", "an engine with regular expressions and sha256", adapter.type()
        ) }}
    {%- endif -%}
    {%- set said = namespace(text="") -%}
    {%- for name, value in notes.items() -%}
        {%- set plain = modules.re.sub("[^A-Za-z0-9_.,-]", "_", value | string) -%}
        {%- set said.text = said.text ~ " " ~ name ~ "=" ~ plain -%}
    {%- endfor -%}
    {{- "(/* headwater:mask=" ~ word ~ said.text ~ " */ " ~ expression ~ ")" -}}
{% endmacro %}
