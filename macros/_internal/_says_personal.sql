{#- Whether a column or a node says that it holds personal data; a class that nobody knows counts (_pii_said). -#}
{% macro _says_personal(holder, said=none) %}
    {%- for each in headwater._pii_said(holder, said) if each.level != "none" -%}
        {%- for word in each.words if not headwater._is_no_pii(word) -%}
            {{ return(true) }}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(false) }}
{% endmacro %}
