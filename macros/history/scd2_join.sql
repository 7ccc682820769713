{% macro scd2_join(histories, key, present="any", column_names={}, open_end=none) %}
    {%- do headwater._check_column_list("scd2_join", "key", key) -%}
    {%- do headwater._check_choice("scd2_join", "present", present, ["all", "any", "first"]) -%}
    {%- set parts = headwater._scd2_join_parts(histories, key) -%}
    {%- set names = headwater._history_names("scd2_join", column_names) -%}
    {%- set end = headwater._open_end("scd2_join", open_end) -%}
    {%- set keys, shown, spine = [], [], [] -%}
    {%- for name in key -%}
        {%- do keys.append("hw_key_" ~ loop.index) -%}
        {%- do shown.append(
            "segments.hw_key_" ~ loop.index ~ " as " ~ headwater.quote_identifier(name)
        ) -%}
    {%- endfor -%}
    {%- set ends = "segments.hw_to" if not end else "coalesce(segments.hw_to, " ~ end ~ ")" -%}
    {%- do shown.append("segments.hw_from as " ~ headwater.quote_identifier(names.dbt_valid_from)) -%}
    {%- do shown.append(ends ~ " as " ~ headwater.quote_identifier(names.dbt_valid_to)) -%}
    {%- for part in parts -%}
        {%- for name, result in part.wanted.items() -%}
            {%- do shown.append(part.join["values"][name] ~ " as " ~ headwater.quote_identifier(result)) -%}
        {%- endfor -%}
    {%- endfor -%}
    with
        boundaries as (
            {% for part in parts %}
                select {{ keys | join(", ") }}, hw_from as hw_at
                from {{ part.versions }}
                union all
                select {{ keys | join(", ") }}, hw_to as hw_at
                from {{ part.versions }}
                where hw_to is not null {{ "union all" if not loop.last }}
            {% endfor %}
        ),

        segments as (
            select
                {{ keys | join(", ") }},
                hw_at as hw_from,
                lead(hw_at) over (partition by {{ keys | join(", ") }} order by hw_at) as hw_to
            from
                (
                    select distinct {{ keys | join(", ") }}, hw_at from boundaries
                ) as distinct_boundaries
        )

    select {{ shown | join(",\n        ") }}
    from segments {% for part in parts %} {{ part.join.join }} {% endfor %}
    where
        {% if present == "first" %} {{ parts[0].join.found }} = 1
        {% else %}
            {% for part in parts %}
                {{ part.join.found }} = 1
                {{ ("and" if present == "all" else "or") if not loop.last }}
            {% endfor %}
        {% endif %}
{% endmacro %}
