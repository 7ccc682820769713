-- One row per value, or list of values, that no other row may share its hash with.
{% set values = {
    "integer 1": ["cast(1 as integer)"],
    "text 1": ["cast('1' as varchar(10))"],
    "text 1.0": ["cast('1.0' as varchar(10))"],
    "text n1, which is how integer 1 is tagged": ["cast('n1' as varchar(10))"],
    "float 0, whose bytes are those of midnight": ["cast(0 as double precision)"],
    "float 1": ["cast(1 as double precision)"],
    "float 0.1": ["cast(0.1 as double precision)"],
    "float next to 0.1": ["cast(0.10000000000000002 as double precision)"],
    "single precision 0.1": ["cast(0.1 as real)"],
    "float not a number": ["cast('NaN' as double precision)"],
    "numeric 0.1": ["cast(0.1 as numeric(10, 2))"],
    "numeric -0.1": ["cast(-0.1 as numeric(10, 2))"],
    "numeric 10": ["cast(10 as numeric(10, 2))"],
    "numeric 100": ["cast(100 as numeric(10, 2))"],
    "boolean true": ["true"],
    "boolean false": ["false"],
    "text true": ["cast('true' as varchar(10))"],
    "date": ["cast('2026-02-03' as date)"],
    "text of the date": ["cast('2026-02-03' as varchar(10))"],
    "timestamp": ["cast('2026-02-03 00:00:00' as timestamp)"],
    "timestamp one microsecond later": ["cast('2026-02-03 00:00:00.000001' as timestamp)"],
    "instant": ["cast('2026-02-03 00:00:00+00' as timestamp with time zone)"],
    "endless timestamp": ["cast('infinity' as timestamp)"],
    "endless instant": ["cast('infinity' as timestamp with time zone)"],
    "time": ["cast('00:00:00' as time)"],
    "interval of a day": ["interval '1 day'"],
    "interval of 24 hours": ["interval '24 hours'"],
    "uuid": ["cast('123e4567-e89b-12d3-a456-426614174000' as uuid)"],
    "text of the uuid": ["cast('123e4567-e89b-12d3-a456-426614174000' as varchar(40))"],
    "json": ["cast('{}' as json)"],
    "text of the json": ["cast('{}' as varchar(10))"],
    "null": ["cast(null as varchar(10))"],
    "empty text": ["cast('' as varchar(10))"],
    "text NULL": ["cast('NULL' as varchar(10))"],
    "text hyphen, which is how null is written": ["cast('-' as varchar(10))"],
    "blank": ["cast(' ' as varchar(10))"],
    "accent in one character": ["cast('\u00e9' as varchar(10))"],
    "accent in two characters": ["cast('e\u0301' as varchar(10))"],
    "outside the basic plane": ["cast('\U0001f381' as varchar(10))"],
    "quote": ["cast('''' as varchar(10))"],
    "backslash": ["cast('\\' as varchar(10))"],
    "line break": ["cast('\n' as varchar(10))"],
    "a, b|c": ["cast('a' as varchar(10))", "cast('b|c' as varchar(10))"],
    "a|b, c": ["cast('a|b' as varchar(10))", "cast('c' as varchar(10))"],
    "a, empty": ["cast('a' as varchar(10))", "cast('' as varchar(10))"],
    "empty, a": ["cast('' as varchar(10))", "cast('a' as varchar(10))"],
    "a, null": ["cast('a' as varchar(10))", "cast(null as varchar(10))"],
    "null, a": ["cast(null as varchar(10))", "cast('a' as varchar(10))"],
    "a": ["cast('a' as varchar(10))"],
    "b": ["cast('b' as varchar(10))"],
    "a, b": ["cast('a' as varchar(10))", "cast('b' as varchar(10))"],
    "b, a": ["cast('b' as varchar(10))", "cast('a' as varchar(10))"],
    "a with the frame of b inside": ["cast('a2:sb' as varchar(10))"],
    "null, null": ["cast(null as varchar(10))", "cast(null as varchar(10))"],
    "null, null, null": ["cast(null as integer)", "cast(null as integer)", "cast(null as integer)"],
} %}
{% if target.type == "postgres" %}
    {% do values.update({
        "bytes": ["cast('\\x6162' as bytea)"],
        "bytes with a zero": ["cast('\\x616200' as bytea)"],
        "no bytes": ["cast('\\x' as bytea)"],
        "text of the bytes": ["cast('ab' as text)"],
        "array": ["array['a', 'b']"],
        "array of one": ["array['a,b']"],
        "empty array": ["cast('{}' as text[])"],
        "array of null": ["cast('{NULL}' as text[])"],
        "array of the text NULL": ["array['NULL']"],
        "array of integers": ["array[1, 2]"],
        "text of the array": ["cast('{1,2}' as text)"],
        "json of null": ["cast('null' as jsonb)"],
        "json of a number": ["cast('1' as jsonb)"],
        "json of a text": ["cast('\"1\"' as jsonb)"],
        "point": ["point(1, 2)"],
        "range": ["daterange('2026-01-01', '2026-02-01')"],
        "address": ["cast('127.0.0.1' as inet)"],
        "row of nulls": ["row(null, null)"],
        "blank-padded text": ["cast('z' as char(5))"],
    }) %}
{% elif target.type == "duckdb" %}
    {% do values.update({
        "bytes": ["cast('ab' as blob)"],
        "no bytes": ["cast('' as blob)"],
        "text of the bytes": ["cast('ab' as varchar)"],
        "array": ["['a', 'b']"],
        "array of one": ["['a, b']"],
        "empty array": ["cast([] as varchar[])"],
        "array of null": ["[cast(null as varchar)]"],
        "array of the text NULL": ["['NULL']"],
        "array of integers": ["[1, 2]"],
        "text of the array": ["'[1, 2]'"],
        "struct": ["{'a': 1}"],
        "struct with another field": ["{'b': 1}"],
        "huge integer": ["cast(170141183460469231731687303715884105727 as hugeint)"],
    }) %}
{% else %}
    {% for name in [
        "endless timestamp", "endless instant", "time", "uuid", "json", "interval of a day",
        "interval of 24 hours",
    ] %}
        {% do values.pop(name) %}
    {% endfor %}
{% endif %}

{% for name, expressions in values.items() %}
    {% set columns = [] %}
    {% for expression in expressions %} {% do columns.append("value_" ~ loop.index) %} {% endfor %}
    select '{{ name }}' as case_name, {{ headwater.row_hash(columns) }} as row_hash
    from
        (
            select
                {% for expression in expressions -%}
                    {{ of_engine(expression) }} as value_{{ loop.index }}{{ ", " if not loop.last }}
                {%- endfor %}
        ) as given
        {{ "union all" if not loop.last }}
{% endfor %}
