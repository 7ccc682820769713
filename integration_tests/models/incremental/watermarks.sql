-- One row: what watermarks come to on the seed.
select
    cast(
        {{ headwater.watermark('Happened On', lookback='1 day', relation=ref('incremental_rows')) }}
        as {{ dbt.type_string() }}
    ) as since,
    cast(
        {{ headwater.watermark('id', lookback=1, relation=ref('incremental_rows'), where="part = 'b'") }}
        as {{ dbt.type_string() }}
    ) as before_the_last_id
