{#- A condition: the rows of a snapshot's table that are current, as dbt sees it. -#}
{% macro _snapshot_open(reading, alias) -%}
    {%- set end = alias ~ "." ~ reading.names.dbt_valid_to -%}
    ({{ end }} is null{% if reading.far %} or {{ end }} = {{ reading.far }}{% endif %})
{%- endmacro %}
