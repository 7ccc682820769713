select * from {{ source('shop', 'orders') }} union all select * from {{ source('legacy', 'orders') }}
