select * from {{ ref("loads") }} where 1 = 0
