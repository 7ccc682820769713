{#-
    The versions of a history as a join needs them: hw_key_1 and so on, hw_from, hw_to (NULL when open),
    hw_found, and the columns that are wanted. With missing='first' a key's first version begins at
    the beginning of time: hw_is_first, or `earliest` in hw_from where a value is needed. `where`: which.
-#}
{% macro _versions(history, keys, options, alias, where=[], earliest=none) %}
    {%- set quoted = headwater.get_quoted_identifiers(keys, history.alias) -%}
    {%- set conditions = where | list -%}
    {%- if history.exists -%} {%- do conditions.append(history.exists) -%} {%- endif -%}
    {#- Those that never hold; a join on the interval leaves them out by itself. -#}
    {%- if earliest or options.missing == "first" or not options.columns -%}
        {%- do conditions.append(
            "(" ~ history.end ~ " is null or " ~ history.begin ~ " < " ~ history.end ~ ")"
        ) -%}
    {%- endif -%}
    {%- set end = history.end -%}
    {%- if history.open_end -%}
        {%- set end = "nullif(" ~ history.end ~ ", " ~ history.open_end ~ ")" -%}
    {%- endif -%}
    {%- set begin, shown = history.begin, [] -%}
    {%- set is_first = (
        "row_number() over (partition by " ~ quoted | join(", ") ~ " order by " ~ begin ~ ") = 1"
    ) -%}
    {%- if options.missing == "first" -%}
        {%- do conditions.append(history.begin ~ " is not null") -%}
        {%- if earliest -%}
            {%- set begin = "case when " ~ is_first ~ " then " ~ earliest ~ " else " ~ begin ~ " end" -%}
        {%- else -%}
            {%- do shown.append("case when " ~ is_first ~ " then 1 else 0 end as hw_is_first") -%}
        {%- endif -%}
    {%- endif -%}
    {%- for name in quoted -%}
        {%- do shown.append(name ~ " as hw_key_" ~ loop.index) -%}
    {%- endfor -%}
    {%- for name in options.columns -%}
        {%- do shown.append(headwater.column_reference(name, history.alias)) -%}
    {%- endfor -%}
    {{ return(
        "(\n        select " ~ shown | join(", ") ~ ", 1 as hw_found,\n            "
        ~ begin ~ " as hw_from, " ~ end ~ " as hw_to\n        from " ~ history.source
        ~ ("\n        where " if conditions else "") ~ conditions | join(" and ")
        ~ "\n    ) as " ~ alias
    ) }}
{% endmacro %}
