{#- Rows as loaders bring them: load times with and without a time zone, events, keys, a NULL. -#}
with
    loaded as (
        {#- key, load time (UTC), event time, dlt's number of the load -#}
        {% for key, loaded_at, happened_at in [
            ("DE", "2026-03-27 05:40:00", "2026-03-27 05:00:00"),
            ("DE", "2026-03-30 04:45:00", "2026-03-28 21:00:00"),
            ("FR", "2026-03-27 05:50:00", "2026-03-27 04:00:00"),
            ("FR", none, none),
        ] %}
            select
                {{ "'" ~ key ~ "'" }} as country,
                {% if loaded_at %}
                    cast('{{ loaded_at }}' as timestamp) as loaded_at,
                    cast('{{ loaded_at }}+00' as timestamp with time zone) as _fivetran_synced,
                    cast('{{ happened_at }}' as timestamp) as happened_at,
                    cast(
                        {{ headwater.epoch_seconds("timestamp '" ~ loaded_at ~ "'") }} as varchar(
                            40
                        )
                    ) as _dlt_load_id
                {% else %}
                    cast(null as timestamp) as loaded_at,
                    cast(null as timestamp with time zone) as _fivetran_synced,
                    cast(null as timestamp) as happened_at,
                    cast(null as varchar(40)) as _dlt_load_id
                {% endif %}
                {{ "union all" if not loop.last }}
        {% endfor %}
    )

select *
from loaded
