{#- Makes room for a table where a view stands, unless something depends on the view. -#}
{% macro _drop_view(run) %}
    {%- call statement("headwater_drop") -%} drop {{ run.facts.kind }} {{ run.target }}
    {%- endcall -%}
    {%- do run.update({"facts": {}}) -%}
{% endmacro %}
