{% macro shuffle(expression, key, within=[], min_rows=5, domain="shuffle", key_version=none) %}
    {%- do headwater._check_expression("shuffle", "expression", expression) -%}
    {%- do headwater._check_whole("shuffle", "min_rows", min_rows, 2, 1000000) -%}
    {%- if within not in [none, [], ()] -%}
        {%- do headwater._check_column_list("shuffle", "within", within) -%}
    {%- endif -%}
    {%- set digest = headwater._subject_digest("shuffle", "key", key, domain, key_version) -%}
    {%- set groups = "partition by " ~ headwater.get_quoted_identifiers(within) | join(", ") if within else "" -%}
    {%- set ordered = "(" ~ groups ~ " order by " ~ digest ~ ")" -%}
    {%- set whole = "(" ~ groups ~ ")" -%}
    {#- Each row has the value of the next in an order that only the key knows; the last has the first's. -#}
    {%- set masked -%}
        case
            when count(*) over {{ whole }} < {{ min_rows }} then null
            when row_number() over {{ ordered }} = count(*) over {{ whole }}
            then first_value({{ expression }}) over {{ ordered }}
            else lead({{ expression }}) over {{ ordered }}
        end
    {%- endset -%}
    {{- headwater._masked("shuffle", masked) -}}
{% endmacro %}
