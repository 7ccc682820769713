{% test cdc_lag(model, happened_at, max_minutes, loaded_at=none) %}
    {%- do headwater._check_name("cdc_lag", "happened_at", happened_at) -%}
    {%- if max_minutes is not number or max_minutes is boolean or max_minutes <= 0 -%}
        {{ headwater._raise_argument(
            "cdc_lag", "max_minutes", "a number of minutes above 0", headwater._describe(max_minutes)
        ) }}
    {%- endif -%}
    {%- set happened = headwater.quote_identifier(happened_at) -%}
    {%- if loaded_at is not none -%}
        {%- do headwater._check_name("cdc_lag", "loaded_at", loaded_at) -%}
        select *
        from {{ model }}
        where
            {{ headwater.quote_identifier(loaded_at) }}
            > {{ dbt.dateadd("minute", max_minutes, happened) }}
    {%- else -%}
        with
            newest as (
                select
                    max({{ happened }}) as last_change_at, {{ headwater.utc_now() }} as checked_at
                from {{ model }}
            )

        select last_change_at, checked_at, {{ max_minutes }} as max_minutes
        from newest
        where
            last_change_at is null
            or checked_at > {{ dbt.dateadd("minute", max_minutes, "last_change_at") }}
    {%- endif -%}
{% endtest %}
