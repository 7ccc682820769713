{#- The key and the beginning of a version as texts that are the same in every session. -#}
{% macro _scd2_id_texts(run) %}
    {%- set types = {"headwater_from": run.time_type} -%}
    {%- for column in run.columns -%}
        {%- do types.update({column.name: column.type}) -%}
    {%- endfor -%}
    {%- set texts = [] -%}
    {%- for name in run.key + ["headwater_from"] -%}
        {%- do texts.append(headwater.typed_text(headwater.quote_identifier(name), types[name])) -%}
    {%- endfor -%}
    {{ return(texts) }}
{% endmacro %}
