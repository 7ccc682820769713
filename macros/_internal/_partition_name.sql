{#- The name of a partition: the table's, and its first value; cut and hashed if that is too long. -#}
{% macro _partition_name(target, label) %}
    {%- set name = target.identifier ~ "_p" ~ label -%}
    {%- if headwater._utf8_length(name) | int <= 63 -%} {{ return(name) }} {%- endif -%}
    {{ return("hw_" ~ local_md5(target.schema ~ "." ~ name)) }}
{% endmacro %}
