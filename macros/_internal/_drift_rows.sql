{#- A select of literal rows, one per difference; without rows it still has its columns. -#}
{% macro _drift_rows(rows) %}
    {%- set text = dbt.type_string() -%}
    {%- set selects = [] -%}
    {%- for name, change, old, new in rows or [["", "", none, none]] -%}
        {%- set before = new if change == "dropped" else old -%}
        {%- set after = none if change == "dropped" else new -%}
        {%- set values = [] -%}
        {%- for value, label in [
            [name, "column_name"], [change, "difference"], [before, "type_in_table"],
            [after, "type_expected"],
        ] -%}
            {%- set said = "null" if value is none or value is undefined
                else "'" ~ value | replace("'", "''") ~ "'" -%}
            {%- do values.append("cast(" ~ said ~ " as " ~ text ~ ") as " ~ label) -%}
        {%- endfor -%}
        {%- do selects.append(
            "select " ~ values | join(", ") ~ ("" if rows else " where 1 = 0")
        ) -%}
    {%- endfor -%}
    select *
    from ({{ selects | join(" union all ") }}) as drift
{% endmacro %}
