{#-
    A condition: the two of some pair differ; NULL is a value. Types without equality are compared as
    text, as far as `columns`, what is known of each pair's column, tells.
-#}
{% macro _changed(pairs, columns) -%}
    {%- for left, right in pairs -%}
        {%- set column = columns[loop.index0] -%}
        {{- " or " if not loop.first -}}
        not (
            {{- headwater.same_value(
                headwater.sort_value(left, column), headwater.sort_value(right, column)
            ) -}}
        )
    {%- endfor -%}
{%- endmacro %}
