select day from {{ ref('daily') }} where revenue < 0
