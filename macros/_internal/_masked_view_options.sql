{#- The options of a masked view, checked. -#}
{% macro _masked_view_options() %}
    {%- do headwater._check_option_names(
        "masked_view", ["base_readers", "policies", "reveal_to", "revoke_base"]
    ) -%}
    {%- set options = {} -%}
    {%- for name in ["base_readers", "reveal_to"] -%}
        {%- do options.update({name: headwater._role_list(name, headwater._option(name, []))}) -%}
    {%- endfor -%}
    {%- set policies = {} -%}
    {%- for given in [var("masking_policies", {}), headwater._option("policies", {})] -%}
        {%- if given is not mapping -%}
            {{ headwater._raise_argument(
                "masked_view", "policies", "a mapping of classes to masks, such as {'email': 'mask_email'}",
                headwater._describe(given)
            ) }}
        {%- endif -%}
        {%- for name, mask in given.items() -%}
            {%- do policies.update({headwater._pii_class("policies", name): mask}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set revoke = headwater._option("revoke_base", true) -%}
    {%- do headwater._check_flag("masked_view", "revoke_base", revoke) -%}
    {%- do options.update({"policies": policies, "revoke_base": revoke}) -%}
    {{ return(options) }}
{% endmacro %}
