{% macro drop_masking_key(key_version) %}
    {%- set version = headwater._key_version("drop_masking_key", key_version) -%}
    {%- if execute -%}
        {%- set keys = headwater._masking_table("masking_keys") -%}
        {%- set found = "select count(*) from " ~ keys ~ " where key_version = " ~ version -%}
        {%- if not run_query(found).columns[0].values()[0] -%}
            {{ headwater._raise_argument(
                "drop_masking_key", "key_version", "a version that has a key", version | string
            ) }}
        {%- endif -%}
        {%- do headwater.run_alone("delete from " ~ keys ~ " where key_version = " ~ version) -%}
        {%- do log("headwater.drop_masking_key(): version " ~ version ~ " is gone", info=true) -%}
    {%- endif -%}
{% endmacro %}
