{#- Who is to be erased: a mapping of identifiers to texts, from the environment. No error shows a value. -#}
{% macro _subject_values() %}
    {%- set given = fromjson(env_var("HEADWATER_SUBJECT", "") or "null", none) -%}
    {%- set values, items = {}, given.items() if given is mapping else [] -%}
    {%- for name, value in items -%}
        {%- if not modules.re.fullmatch("[a-z][a-z0-9_.-]{0,62}", name) -%}  {#- Perhaps a value: not shown. -#}
        {%- elif value is number and value is not boolean or value is string and value -%}
            {%- do values.update({name: value | string}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not values or values | length < items | length -%}
        {{ headwater._raise_argument(
            "erase_subject", "HEADWATER_SUBJECT", "a JSON object of identifiers and their values, which are texts or numbers",
            "no such variable" if not env_var("HEADWATER_SUBJECT", "") else "something else",
            'set it in the environment of this one command, such as {"customer_id": 17}'
        ) }}
    {%- endif -%}
    {{ return(values) }}
{% endmacro %}
