{#- The days of the week on which something is due, from 0 (Monday): 'weekdays', or names in a list. -#}
{% macro _sla_days(macro, value) %}
    {%- set names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] -%}
    {%- set words = {"daily": range(7), "weekdays": range(5), "weekends": range(5, 7)} -%}
    {%- set found = [] -%}
    {%- set given = [value] if value is string else (value or ["daily"]) -%}
    {%- for word in given -%}
        {%- set text = word | string | lower | trim -%}
        {%- if text in words -%} {%- do found.extend(words[text]) -%}
        {%- elif text[:3] in names and (text | length == 3 or text.endswith("day")) -%}
            {%- do found.append(names.index(text[:3])) -%}
        {%- else -%}
            {{ headwater._raise_argument(
                macro, "days", "any of " ~ (names + (words | list)) | join(", "),
                headwater._describe(word)
            ) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found | unique | list) }}
{% endmacro %}
