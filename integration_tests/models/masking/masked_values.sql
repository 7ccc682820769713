{{ config(enabled=target.type in ["postgres", "duckdb"], pre_hook=masking_test_key()) }}
{# A kind of mask, how it is called, and the seed's column that it is called on. #}
{% set cases = {
    "hash": headwater.hash_pii("email", domain="email", normalize=["email"]),
    "partial": headwater.mask_partial("account", keep_end=4),
    "email": headwater.mask_email("email"),
    "email_without_domain": headwater.mask_email("email", domain="tld"),
    "phone": headwater.mask_phone("phone"),
    "card": headwater.mask_card("card"),
    "iban": headwater.mask_iban("iban"),
    "ip": headwater.mask_ip("ip"),
    "name": headwater.mask_name("full_name"),
    "text": headwater.mask_text("note"),
    "age": headwater.generalize_number("age", 10, lower=20, upper=90, output="label"),
    "born": "cast(" ~ headwater.generalize_date("born_on") ~ " as varchar(10))",
    "shifted": "cast(" ~ headwater.date_shift("born_on", ["customer_id"]) ~ " as varchar(10))",
    "shuffled": headwater.shuffle("full_name", ["customer_id"]),
} %}
with
    customers as (select * from {{ ref("masking_customers") }}),

    masked as (
        {% for name, expression in cases.items() %}
            {{ "union all" if not loop.first }}
            select '{{ name }}' as case_name, customer_id, {{ expression }} as masked
            from customers
        {% endfor %}
    )

select *
from masked
