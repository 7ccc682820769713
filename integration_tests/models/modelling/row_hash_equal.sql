-- One row per value; values of one case are the same to row_hash() though written differently.
{% set cases = {
    "the width of an integer does not matter": [
        "cast(7 as smallint)", "cast(7 as integer)", "cast(7 as bigint)", "cast(7 as numeric(5, 0))"
    ],
    "the scale of a numeric does not matter": [
        "cast(1 as numeric(10, 0))", "cast(1.0 as numeric(10, 1))", "cast(1.00 as numeric(10, 2))"
    ],
    "trailing zeros of a numeric do not matter": [
        "cast(-20.50 as numeric(10, 2))", "cast(-20.5 as numeric(10, 1))"
    ],
    "zeros before the point do": ["cast(100.00 as numeric(10, 2))", "cast(100 as integer)"],
    "the declared length of a text does not matter": [
        "cast('a' as varchar(1))", "cast('a' as varchar(100))", "cast('a' as text)"
    ],
    "null has no type": [
        "cast(null as integer)", "cast(null as varchar(3))", "cast(null as date)",
        "cast(null as timestamp with time zone)", "cast(null as json)",
        "cast(null as double precision)", "cast(null as boolean)", "cast(null as uuid)"
    ],
    "an instant has no time zone": [
        "cast('2026-03-29 00:30:00+00' as timestamp with time zone)",
        "cast('2026-03-29 02:30:00+02' as timestamp with time zone)"
    ],
    "the blanks of json do not matter": [
        "cast('{\"a\": 1}' as json)", "cast('{ \"a\" :1}' as json)"
    ],
} %}
{% if target.type == "postgres" %}
    {% do cases.update({
        "storage and order of json do not matter": [
            "cast('{\"a\": 1, \"b\": 2}' as jsonb)", "cast('{\"b\": 2, \"a\": 1}' as json)"
        ],
        "null arrays and bytes are null": [
            "cast(null as text[])", "cast(null as bytea)", "cast(null as point)"
        ],
    }) %}
{% elif target.type != "duckdb" %}
    {% do cases.pop("the blanks of json do not matter") %}
    {% do cases.update({
        "null has no type": cases["null has no type"]
        | reject("in", ["cast(null as json)", "cast(null as uuid)"]) | list
    }) %}
{% endif %}

with
    hashes as (
        {% for name, expressions in cases.items() %}
            {% set outer = loop %}
            {% for expression in expressions %}
                select
                    '{{ name }}' as case_name, {{ headwater.row_hash(["given_value"]) }} as row_hash
                from
                    (select {{ of_engine(expression) }} as given_value) as given
                    {{ "union all" if not (outer.last and loop.last) }}
            {% endfor %}
        {% endfor %}
    ),

    counted as (
        select case_name, count(*) as value_count, count(distinct row_hash) as hash_count
        from hashes
        group by case_name
    )

select *
from counted
