{% macro run_statements(statements) %}
    {%- do adapter.dispatch("run_statements", "headwater")(statements) -%}
{% endmacro %}

{# One by one; the last is the one whose rows dbt reports. #}
{% macro default__run_statements(statements) %}
    {%- for text in statements -%}
        {%- call statement("main" if loop.last else "headwater_part") -%} {{ text }} {%- endcall -%}
    {%- endfor -%}
{% endmacro %}

{# In one round trip. #}
{% macro postgres__run_statements(statements) %}
    {%- call statement("main") -%} {{ statements | join(";\n\n") }} {%- endcall -%}
{% endmacro %}

{% macro duckdb__run_statements(statements) %}
    {%- call statement("main") -%} {{ statements | join(";\n\n") }} {%- endcall -%}
{% endmacro %}

{# dbt's sessions commit each statement by itself there. #}
{% macro snowflake__run_statements(statements) %}
    {%- do headwater.default__run_statements(["begin"] + statements + ["commit"]) -%}
{% endmacro %}

{# A script is one job, and one transaction. #}
{% macro bigquery__run_statements(statements) %}
    {%- call statement("main") -%}
        {%- if statements | length == 1 -%} {{ statements[0] }}
        {%- else -%}
            {{ (["begin transaction"] + statements + ["commit transaction"]) | join(";\n\n") }}
        {%- endif -%}
    {%- endcall -%}
{% endmacro %}
