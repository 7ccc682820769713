-- One row per value, with the text that is hashed for it and the digest of that text.
with
    given as (
        {% for name, expression in {
        "integer": "cast(-12 as integer)",
        "numeric": "cast(12.50 as numeric(10, 3))",
        "text": "cast('O''Neill' as varchar(20))",
        "boolean": "true",
        "date": "cast('2026-02-03' as date)",
        "timestamp": "cast('2026-02-03 04:05:06.700' as timestamp)",
        "instant": "cast('2000-01-01 00:00:01+00' as timestamp with time zone)",
        "no value": "cast(null as varchar(20))",
    }.items() %}
            select
                '{{ name }}' as case_name,
                {{ headwater.canonical_text("given_value") }} as canonical_text
            from
                (select {{ of_engine(expression) }} as given_value) as given_{{ loop.index }}
                {{ "union all" if not loop.last }}
        {% endfor %}
    ),

    digested as (
        select case_name, canonical_text, {{ headwater.sha256_hex("canonical_text") }} as digest
        from given
    )

select *
from digested
