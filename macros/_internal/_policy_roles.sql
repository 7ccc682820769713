{#- All roles that the policies name, each once. -#}
{% macro _policy_roles(policies, options) %}
    {%- set roles = options.base_readers + options.reveal_to -%}
    {%- for policy in policies -%}
        {%- for role in policy.reveal_to + policy.mask_for.keys() | list if role not in roles -%}
            {%- do roles.append(role) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(roles | unique | list) }}
{% endmacro %}
