{#-
    The value of an option of the model: from `meta: {headwater: {...}}`, the one place that every dbt
    version reads, else from the top level of its config, else the default.
-#}
{% macro _option(name, default=none) %}
    {%- set ours = (config.get("meta") or {}).get("headwater") or {} -%}
    {%- set value = ours[name] if name in ours else config.get(name) -%}
    {{ return(default if value is none else value) }}
{% endmacro %}
