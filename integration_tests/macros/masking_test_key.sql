{# A table of keys with one key that everybody knows: version 1, the bytes 0 to 39. For tests only. #}
{% macro masking_test_key() %}
    {%- set keys = "headwater_it_masking.masking_keys" -%}
    {%- set bytes = "bytea" if target.type == "postgres" else "blob" -%}
    {%- set digits = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f2021222324252627" -%}
    {%- set key = "decode('" ~ digits ~ "', 'hex')" if target.type == "postgres" else "unhex('" ~ digits ~ "')" -%}
    create schema if not exists headwater_it_masking;
    drop table if exists {{ keys }};
    create table {{ keys }} as
    select
        1 as key_version,
    {{ headwater.hmac_block(key, 54) }} as inner_block,
    {{ headwater.hmac_block(key, 92) }} as outer_block
{% endmacro %}
