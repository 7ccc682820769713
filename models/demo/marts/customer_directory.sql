{{
    config(
        enabled=project_name == 'headwater' and target.type == 'postgres',
        materialized='cdc_apply',
        unique_key=['customer_id'],
        meta={
            'headwater': {
                'erasure': {'subject': 'customer_id', 'rows': 'delete'},
                'column_types': {
                    'customer_id': 'integer',
                    'full_name': 'text',
                    'email': 'text',
                    'phone': 'text',
                    'country_code': 'text',
                    'loyalty_tier': 'text',
                },
            },
        },
    )
}}

-- The whole log each time: what was applied already changes nothing.
{{ headwater.cdc_normalize(
    ref('int_customer_changes'), ['customer_id'],
    fields={'op': 'operation', 'ts': 'changed_at', 'seq': 'log_position'},
    exclude=['change_key', 'loaded_at']
) }}
