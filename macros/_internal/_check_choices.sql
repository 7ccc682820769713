{#- Nothing, or an error unless `value` is a list of choices, and of at least one if `needed`. -#}
{% macro _check_choices(macro, argument, value, choices, needed=true) %}
    {%- set is_list = value is defined and value is not string and value is not mapping and value is iterable -%}
    {%- if not is_list or (needed and not value) -%}
        {{ headwater._raise_argument(
            macro, argument, "a list of some of '" ~ choices | sort | join("', '") ~ "'",
            headwater._describe(value),
            "write ['" ~ value ~ "']" if value is string and value in choices
        ) }}
    {%- endif -%}
    {%- for choice in value -%}
        {%- do headwater._check_choice(macro, argument, choice, choices) -%}
    {%- endfor -%}
{% endmacro %}
