{#-
    Inserts of all rows, each of at most 500 rows and about 800,000 characters, which every engine takes in
    one statement.
-#}
{% macro _run_log_inserts(tables, rows) %}
    {#- Most values stand in many rows, and a call of a macro costs more than a look. -#}
    {%- set inserts, known = [], {} -%}
    {%- for table, columns in headwater._run_log_columns().items() if rows[table] -%}
        {%- set head = "insert into " ~ tables[table] ~ " ("
            ~ headwater.get_quoted_identifiers(columns.keys() | list) | join(", ") ~ ") values\n" -%}
        {%- set chunk, size = [], namespace(value=0) -%}
        {%- for row in rows[table] -%}
            {%- set values = [] -%}
            {%- for name, kind in columns.items() -%}
                {%- set value = row[name] -%}
                {%- if value is none or value is undefined -%} {%- do values.append("null") -%}
                {%- else -%}
                    {%- set key = kind ~ " " ~ value -%}
                    {%- if key not in known -%}
                        {%- do known.update({key: headwater._run_log_literal(value, kind)}) -%}
                    {%- endif -%}
                    {%- do values.append(known[key]) -%}
                {%- endif -%}
            {%- endfor -%}
            {%- set text = "(" ~ values | join(", ") ~ ")" -%}
            {%- if chunk and (chunk | length >= 500 or size.value + text | length > 800000) -%}
                {%- do inserts.append(head ~ chunk | join(",\n")) -%}
                {%- do chunk.clear() -%} {%- set size.value = 0 -%}
            {%- endif -%}
            {%- do chunk.append(text) -%} {%- set size.value = size.value + text | length -%}
        {%- endfor -%}
        {%- do inserts.append(head ~ chunk | join(",\n")) -%}
    {%- endfor -%}
    {{ return(inserts) }}
{% endmacro %}
