{#- The name of a table beside another: its name and `suffix`, made shorter only where it would be too long. -#}
{% macro _side_name(name, suffix) %}
    {%- set limit = headwater.identifier_limit() | int -%}
    {%- set length = headwater._utf8_length(name ~ suffix) | int -%}
    {%- if not limit or length <= limit -%} {{ return(name ~ suffix) }} {%- endif -%}
    {%- set left = limit - suffix | length - 9 -%}
    {%- set start = name[:left] if headwater._utf8_length(name) | int == name | length else name[: left // 4] -%}
    {{ return(start ~ "_" ~ local_md5(name)[:8] ~ suffix) }}
{% endmacro %}
