{#-
    Inserts of all rows, each of at most 500 rows and about 800,000 characters, which every engine takes in
    one statement. There are ten thousand values: what a call of a macro would do to each is done in place.
-#}
{% macro _run_log_inserts(tables, rows) %}
    {%- set inserts, texts = [], headwater._run_log_texts(rows) -%}
    {%- set before, after = "cast('", "' as " ~ dbt.type_timestamp() ~ ")" -%}
    {%- for table, columns in headwater._run_log_columns().items() if rows[table] -%}
        {%- set head = "insert into " ~ tables[table] ~ " ("
            ~ headwater.get_quoted_identifiers(columns.keys() | list) | join(", ") ~ ") values\n" -%}
        {%- set chunk, size, kinds = [], namespace(value=0), columns.items() | list -%}
        {%- for row in rows[table] -%}
            {%- set values = [] -%}
            {%- for name, kind in kinds -%}
                {%- set value = row[name] -%}
                {%- if value is none or value is undefined or value == "" -%}
                    {%- do values.append("null") -%}
                {%- elif kind == "text" -%} {%- do values.append(texts[value | string]) -%}
                {%- elif kind == "time" -%}
                    {%- do values.append(before ~ headwater._run_log_moment(value) ~ after
                        if value is string or value.tzinfo
                        else before ~ value.strftime("%Y-%m-%d %H:%M:%S.%f") ~ after) -%}
                {%- elif kind == "flag" -%} {%- do values.append("true" if value else "false") -%}
                {%- elif value is not number -%} {%- do values.append("null") -%}
                {%- elif kind == "seconds" -%} {%- do values.append("%.6f" | format(value)) -%}
                {%- else -%} {%- do values.append(value | int | string) -%}
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
