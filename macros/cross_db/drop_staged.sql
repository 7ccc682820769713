{% macro drop_staged(run) %}
    {%- do adapter.dispatch("drop_staged", "headwater")(run) -%}
{% endmacro %}

{% macro default__drop_staged(run) %}
    {%- for suffix in ["", "d"] -%}
        {%- call statement("headwater_drop") -%}
            drop table if exists {{ headwater._batch_relation(run.target, suffix) }}
        {%- endcall -%}
    {%- endfor -%}
{% endmacro %}

{# They go with the commit. #}
{% macro postgres__drop_staged(run) %} {% endmacro %}

{% macro redshift__drop_staged(run) %} {%- do headwater.default__drop_staged(run) -%} {% endmacro %}
