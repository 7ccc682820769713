{% macro fill_vault(relation, column, domain="pii") %}
    {%- do headwater._check_relation("fill_vault", "relation", relation) -%}
    {%- do headwater._check_expression("fill_vault", "column", column) -%}
    {%- do headwater._check_domain("fill_vault", domain) -%}
    {%- set vault = headwater._masking_table("token_vault") -%}
    {%- set text = headwater._text_of(column) -%}
    insert into {{ vault }} (domain, value_hash, token, value, created_at)
    select '{{ domain }}', value_hash, {{ headwater.random_token() }}, value, {{ headwater.utc_now() }}
    from (
        select distinct {{ headwater.sha256_hex(text) }} as value_hash, {{ text }} as value
        from {{ headwater._row_source(relation) }}
        where {{ column }} is not null
    ) as given
    where not exists (
        select 1 from {{ vault }} as known
        where known.domain = '{{ domain }}' and known.value_hash = given.value_hash
    )
    on conflict do nothing
{% endmacro %}
