{#- Makes the partition of the rows that no other takes, if the config asks for one. -#}
{% macro _create_default_partition(run, by) %}
    {%- if by.default_partition -%}
        {%- set name = headwater._partition_name(run.target, "default") -%}
        {%- call statement("headwater_create") -%}
            create table {{ run.target.incorporate(path={"identifier": name}) }}
            partition of {{ run.target }} default
        {%- endcall -%}
    {%- endif -%}
{% endmacro %}
