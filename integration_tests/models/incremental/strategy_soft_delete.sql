-- One row per id and part, with the columns that mark a deletion.
{{ config(
    materialized='incremental',
    incremental_strategy='headwater_soft_delete',
    unique_key=['id', 'part'],
) }}

select *, false as is_deleted, cast(null as {{ dbt.type_timestamp() }}) as deleted_at
from {{ ref('incremental_expected') }}
