{#- The lower edge of the cell of a number, exactly: cells are `width` wide and one begins at 0. -#}
{% macro _cell(number, width) %}
    {%- set wide = ("%.6f" | format(width)).rstrip("0").rstrip(".") -%}
    {{- "(" ~ number ~ " - mod(mod(" ~ number ~ ", " ~ wide ~ ") + " ~ wide ~ ", " ~ wide ~ "))" -}}
{% endmacro %}
