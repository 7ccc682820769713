{#- Text that every engine can store: no NUL, and no half of a surrogate pair. -#}
{% macro _writable(text) %}
    {{ return((text | string).replace("\x00", "").encode("utf-8", "replace").decode("utf-8")) }}
{% endmacro %}
