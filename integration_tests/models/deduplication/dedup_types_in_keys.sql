-- One row: the key and the order are of types that have neither equality nor order.
{% set columns = adapter.get_columns_in_relation(ref("dedup_types")) | map(attribute="name") | list %}
{% if not columns %} {% set columns = ["id"] %} {% endif %}
with
    by_every_column as ({{ headwater.dedup(ref("dedup_types"), columns, columns) }}),

    merged as ({{ headwater.coalesce_duplicates(ref("dedup_types"), columns, columns) }}),

    everything as (
        select *
        from by_every_column
        union all
        select *
        from merged
    )

select 'both' as case_name, count(*) as row_count
from everything
