{{ config(enabled=project_name == 'headwater' and target.type == 'postgres') }}

-- The applied log and the query by hand must agree on who is there, and how.
with
    applied as (
        select customer_id, full_name, email, phone, country_code, loyalty_tier
        from {{ ref('customer_directory') }}
    ),

    queried as (
        select customer_id, full_name, email, phone, country_code, loyalty_tier
        from {{ ref('int_customers_current') }}
        where not is_deleted
    ),

    differences as (
        (
            select *
            from applied
            except
            select *
            from queried
        )
        union all
        (
            select *
            from queried
            except
            select *
            from applied
        )
    )

select *
from differences
