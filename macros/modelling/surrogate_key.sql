{% macro surrogate_key(columns, alias=none, all_null=none) %}
    {%- do headwater._check_column_list("surrogate_key", "columns", columns) -%}
    {%- set rule = all_null or var("surrogate_key_all_null", "null") -%}
    {%- do headwater._check_choice("surrogate_key", "all_null", rule, ["hash", "null"]) -%}
    {%- set digest = headwater.sha256_hex(headwater._framed_values(columns, alias)) -%}
    {%- if rule == "hash" -%} {{- digest -}}
    {%- else -%}
        case
            when
                {% for name in columns -%}
                    {{- "" if loop.first else " or " -}}
                    {{ headwater.column_reference(name, alias) }} is not null
                {%- endfor %}
            then {{ digest }}
        end
    {%- endif -%}
{% endmacro %}
