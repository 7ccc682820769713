-- One row per key, of types that have no equality, in the key and outside of it.
{% set values = {
    "document": "cast('{\"a\": [1, 2]}' as json)",
    "numbers": "array[1, 2]" if target.type == "postgres" else "[1, 2]",
} %}
{% if target.type == "postgres" %}
    {% do values.update({
        "page": "cast(null as xml)", "place": "point(1, 2)", "span": "int4range(1, 5)",
        "n" * 63: "array[cast('1' as json)]",
    }) %}
{% endif %}
{% set given %}
    select
        1 as id,
        {% for name, value in values.items() %}
            {{ value }} as {{ headwater.quote_identifier(name) }}{{ "," if not loop.last }}
        {% endfor %}
{% endset %}
{% set columns = values | list %}
with rows_by_id as ({{ headwater.dedup(given ~ " union all " ~ given, ["id"]) }})

select *
from rows_by_id
