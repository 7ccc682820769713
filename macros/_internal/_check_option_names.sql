{#- Nothing, or an error when `meta: {headwater: {...}}` holds an option that nobody reads; all have `erasure`. -#}
{% macro _check_option_names(macro, known) %}
    {%- set given = (config.get("meta") or {}).get("headwater") or {} -%}
    {%- if given is not mapping -%}
        {{ headwater._raise_argument(
            macro, "meta.headwater", "a mapping of options", headwater._describe(given)
        ) }}
    {%- endif -%}
    {%- for name in given if name not in known + ["erasure"] -%}
        {{ headwater._raise_argument(
            macro, "meta.headwater",
            "options among '" ~ known | sort | join("', '") ~ "'",
            "the option '" ~ name ~ "'",
            headwater._suggestion(name, known)
        ) }}
    {%- endfor -%}
{% endmacro %}
