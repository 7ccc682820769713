{{ config(enabled=project_name == 'headwater') }}

with
    exposed_customers as (
        select customer_key
        from {{ ref('dim_customers') }}
        where
            is_deleted
            and coalesce(full_name, email, phone, cast(born_on as {{ dbt.type_string() }}))
            is not null
    )

select *
from exposed_customers
