{% macro drop_staged(run) %}
    {%- do adapter.dispatch("drop_staged", "headwater")(run) -%}
{% endmacro %}

{% macro default__drop_staged(run) %}
    {%- for relation in run.staged or [headwater._batch_relation(run.target)] -%}
        {%- call statement("headwater_drop") -%}
            {{ "drop table if exists " ~ relation }}
        {%- endcall -%}
    {%- endfor -%}
{% endmacro %}

{# In one round trip. #}
{% macro duckdb__drop_staged(run) %}
    {%- set drops = [] -%}
    {%- for relation in run.staged or [headwater._batch_relation(run.target)] -%}
        {%- do drops.append("drop table if exists " ~ relation) -%}
    {%- endfor -%}
    {%- call statement("headwater_drop") -%} {{ drops | join("; ") }} {%- endcall -%}
{% endmacro %}

{# They go with the commit. #}
{% macro postgres__drop_staged(run) %} {% endmacro %}

{% macro redshift__drop_staged(run) %} {%- do headwater.default__drop_staged(run) -%} {% endmacro %}
