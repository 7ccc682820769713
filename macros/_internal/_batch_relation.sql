{#- The name of a table for the time of the run; short, so that it is never cut. -#}
{% macro _batch_relation(target, suffix="") %}
    {%- set name = "hw_" ~ local_md5(invocation_id ~ target)[:20] ~ suffix -%}
    {%- set named = target.incorporate(path={"identifier": name}, type="table") -%}
    {%- if make_temp_relation(target).schema -%} {{ return(named) }} {%- endif -%}
    {{ return(named.incorporate(path={"database": none, "schema": none})) }}
{% endmacro %}
