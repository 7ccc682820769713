{#- A condition: a version has other values, or another mark of deletion, than the one before it. -#}
{% macro _differs_from_before(history, columns, order) %}
    {%- set parts = [] -%}
    {%- for name in columns -%}
        {%- set value = headwater.sort_value(
            headwater.column_reference(name, history.alias),
            headwater._known_column(name, history.known)
        ) -%}
        {%- do parts.append("not (" ~ headwater.same_value(
            value, "lag(" ~ value ~ ") over (" ~ order ~ ")"
        ) ~ ")") -%}
    {%- endfor -%}
    {%- if history.has_marks -%}
        {%- set mark = "case when " ~ history.is_deleted ~ " then 1 else 0 end" -%}
        {%- do parts.append(mark ~ " <> lag(" ~ mark ~ ") over (" ~ order ~ ")") -%}
    {%- endif -%}
    {{ return("(" ~ parts | join(" or ") ~ ")") }}
{% endmacro %}
