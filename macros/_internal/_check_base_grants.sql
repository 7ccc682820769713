{#- Nothing, or an error if a base of the view grants what the view takes away. -#}
{% macro _check_base_grants(bases, options) %}
    {%- for base in bases -%}
        {%- set readers = [base.readers] if base.readers is string else base.readers -%}
        {%- for role in readers if role not in options.base_readers -%}
            {{ headwater._raise_argument(
                "masked_view", "base_readers", "no grants on what the view masks, but for base_readers",
                "model '" ~ base.name ~ "' grants select to '" ~ role ~ "'",
                "take the grant away there, or name '" ~ role ~ "' under base_readers"
            ) }}
        {%- endfor -%}
    {%- endfor -%}
{% endmacro %}
