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
    {#- Outside of meta stand dbt's options and anybody's own: only what is all but one of these is an error. -#}
    {%- for name, value in (model.config if model.config is mapping else {}).items() if value and name not in known -%}
        {%- set near = [] -%}
        {%- for option in known if option[:2] == name[:2] and -3 < option | length - name | length < 3 -%}
            {%- do near.append(option) -%}
        {%- endfor -%}
        {%- set meant = headwater._suggestion(name, near, 0.79) if near else none -%}
        {%- if meant -%}
            {{ headwater._raise_argument(
                macro, "config", "options among '" ~ known | sort | join("', '") ~ "'", "the option '" ~ name ~ "'", meant
            ) }}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
