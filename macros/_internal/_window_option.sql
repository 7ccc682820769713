{#- The option `window`, checked: a mapping, empty when it isn't given. -#}
{% macro _window_option(macro) %}
    {%- set window = headwater._option("window", {}) -%}
    {%- set ways = "one of {lookback: '3 days'}, {granularity: day}, {begin: ..., end: ...}" -%}
    {%- if window is not mapping -%}
        {{ headwater._raise_argument(macro, "window", ways, headwater._describe(window)) }}
    {%- endif -%}
    {%- for name in window -%}
        {%- do headwater._check_choice(
            macro, "window", name, ["begin", "end", "lookback", "granularity"]
        ) -%}
    {%- endfor -%}
    {%- if window | length > 1 and ("lookback" in window or "granularity" in window) -%}
        {{ headwater._raise_argument(macro, "window", ways, window.keys() | join(" and ")) }}
    {%- endif -%}
    {%- if "granularity" in window -%}
        {%- do headwater._check_choice(
            macro, "window", window.granularity, ["hour", "day", "week", "month", "quarter", "year"]
        ) -%}
    {%- endif -%}
    {{ return(window) }}
{% endmacro %}
