{#-
    Every text in the rows -> its literal. How an engine writes a text is asked once, of all of them joined:
    what stands between them is the same in all of them. Where a text holds that, each is asked by itself.
-#}
{% macro _run_log_texts(rows) %}
    {%- set found = {} -%}
    {%- for table, columns in headwater._run_log_columns().items() -%}
        {%- for name, kind in columns.items() if kind == "text" -%}
            {%- for row in rows[table] -%}
                {%- if row[name] is not none and row[name] is defined -%}
                    {%- do found.update({row[name] | string: ""}) -%}
                {%- endif -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set texts, mark = found.keys() | list, " ~headwater~9d41c7~ " -%}
    {%- set parts = headwater.text_literal(texts | join(mark))[1:-1].split(mark) -%}
    {%- for text in texts -%}
        {%- do found.update({
            text: "'" ~ parts[loop.index0] ~ "'" if parts | length == texts | length
            else headwater.text_literal(text)
        }) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
