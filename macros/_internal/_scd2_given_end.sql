{#-
    What somebody says stands in valid_to of an open version, checked: none, 'infinity', a date or time of UTC,
    or an SQL expression.
-#}
{% macro _scd2_given_end(macro, argument, value) %}
    {%- if value is none -%} {{ return(none) }} {%- endif -%}
    {%- set text = value | string | trim -%}
    {%- if text | lower == "null" -%} {{ return(none) }} {%- endif -%}
    {%- set day = "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])" -%}
    {%- set clock = "([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d([.]\\d{1,6})?)?" -%}
    {%- set is_time = modules.re.match(day ~ "([ T]" ~ clock ~ ")?$", text) -%}
    {%- set is_word = modules.re.match("[\\w.+-]*( [\\d:.+Z-]*)?$", text) -%}
    {%- if value is boolean or value is number or value is mapping or (value is not string and value.isoformat is undefined)
        or (is_word and not is_time and text | lower != "infinity") -%}
        {{ headwater._raise_argument(
            macro, argument, "'infinity', a date or time of UTC such as '9999-12-31', or an SQL expression",
            headwater._describe(value)
        ) }}
    {%- endif -%}
    {{ return(text | replace("T", " ") if is_time else text) }}
{% endmacro %}
