{#-
    The days of the week on which something is due, from 0 (Monday): 'weekdays', names (which may be cut after
    three letters) in a list or separated by commas, stretches such as 'mon-fri'.
-#}
{% macro _sla_days(macro, value) %}
    {%- set names = ["mon", "tues", "wednes", "thurs", "fri", "satur", "sun"] -%}
    {%- set words = {"daily": range(7), "weekdays": range(5), "weekends": range(5, 7)} -%}
    {%- set found = [] -%}
    {%- set given = [value] if value is string or value is number else (value or ["daily"]) -%}
    {%- for word in (given | join(",") | string | lower).replace(";", ",").split(",") -%}
        {%- set text = word | trim -%}
        {%- set ends, parts = [], text.replace("\u2013", "-").split("-") -%}
        {%- for part in parts -%}
            {%- set day = (part | trim)[:-1] if (part | trim).endswith("days") else part | trim -%}
            {%- for name in names if day == name ~ "day" or (day | length >= 3 and name.startswith(day)) -%}
                {%- do ends.append(names.index(name)) -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- if text in words or text ~ "s" in words -%}
            {%- do found.extend(words[text] if text in words else words[text ~ "s"]) -%}
        {%- elif ends | length in (1, 2) and ends | length == parts | length -%}
            {%- for ahead in range((ends[-1] - ends[0]) % 7 + 1) -%}
                {%- do found.append((ends[0] + ahead) % 7) -%}
            {%- endfor -%}
        {%- else -%}
            {{ headwater._raise_argument(
                macro, "days", "any of mon, tue, wed, thu, fri, sat, sun, " ~ (words | join(", ")) ~ ", mon-fri",
                headwater._describe(text)
            ) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found | unique | list) }}
{% endmacro %}
