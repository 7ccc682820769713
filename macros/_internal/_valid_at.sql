{#- A condition: the versions that are valid at an instant, from begin up to but not including end. -#}
{% macro _valid_at(history, instant) -%}
    {{ history.begin }} <= {{ instant }}
    and (
        {{ history.end }} is null or {{ instant }} < {{ history.end }}
        {%- if history.open_end %} or {{ history.end }} = {{ history.open_end }}{% endif -%}
    )
    {%- if history.exists %} and {{ history.exists }}{% endif -%}
{%- endmacro %}
