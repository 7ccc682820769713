{% test cdc_lag(model, happened_at, max_minutes, loaded_at=none) %}
    {%- set known = headwater._known_columns(model) -%}
    {%- do headwater._check_column("cdc_lag", "happened_at", happened_at, known) -%}
    {%- if max_minutes is not number or max_minutes is boolean or not max_minutes > 0 -%}
        {{ headwater._raise_argument(
            "cdc_lag", "max_minutes", "a number of minutes above 0", headwater._describe(max_minutes)
        ) }}
    {%- endif -%}
    {%- set happened = headwater._as_utc(happened_at, known) -%}
    {%- if loaded_at is not none -%}
        {%- do headwater._check_column("cdc_lag", "loaded_at", loaded_at, known) -%}
        select *
        from {{ model }}
        where
            {{ headwater._as_utc(loaded_at, known) }}
            > {{ dbt.dateadd("minute", max_minutes, happened) }}
    {%- else -%}
        {%- set found = headwater._known_column(happened_at, known) -%}
        {%- set conditions = headwater._finite(happened_at, found.type) if found else [] -%}
        with
            newest as (
                select
                    max({{ happened }}) as last_change_at, {{ headwater.utc_now() }} as checked_at
                from {{ model }}
                {% if conditions -%} where {{ conditions | join(" and ") }}
                {%- endif %}
            )

        select last_change_at, checked_at, {{ max_minutes }} as max_minutes
        from newest
        where
            last_change_at is null
            or checked_at > {{ dbt.dateadd("minute", max_minutes, "last_change_at") }}
    {%- endif -%}
{% endtest %}
