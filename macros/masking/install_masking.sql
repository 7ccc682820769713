{% macro install_masking(key_version=none, source="setting", key_readers=[], vault_readers=[]) %}
    {%- set version = headwater._key_version("install_masking", key_version) -%}
    {%- do headwater._check_choice("install_masking", "source", source, ["generate", "none", "setting"]) -%}
    {%- for argument, roles in [["key_readers", key_readers], ["vault_readers", vault_readers]] -%}
        {%- if roles is string or roles is mapping or roles is not iterable -%}
            {{ headwater._raise_argument(
                "install_masking", argument, "a list of roles, such as ['transformer']",
                headwater._describe(roles)
            ) }}
        {%- endif -%}
    {%- endfor -%}
    {%- if execute -%}
        {%- do headwater.install_keys(version, source, key_readers, vault_readers) -%}
    {%- endif -%}
{% endmacro %}
