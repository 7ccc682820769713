{#- Whether this run reads a part of its inputs only, so that an absent row means nothing. -#}
{% macro _is_partial() %}
    {{ return(true if (flags.EMPTY or headwater._sample()) else false) }}
{% endmacro %}
