{# Hashes of values whose plain text depends on a setting of the session. #}
{% macro session_dependent_hashes() %}
    {%- set values = {
        "date": "cast('2026-02-03' as date)",
        "timestamp": "cast('2026-02-03 04:05:06.7' as timestamp)",
        "float": "cast(1 as double precision) / 3",
        "interval": "interval '1 month' + interval '2 hours'",
    } -%}
    {%- if target.type not in ["postgres", "duckdb"] -%}
        {%- do values.pop("interval") -%}
    {%- endif -%}
    {%- if target.type == "postgres" -%}
        {%- do values.update({
            "bytes": "decode('00ff5c', 'hex')",
            "array of dates": "array[date '2026-02-03']",
            "single precision": "cast(cast(1 as real) / 3 as real)",
            "array of instants": "array[timestamptz '2026-02-03 04:05:06+00']",
        }) -%}
    {%- endif -%}
    {%- for name, expression in values.items() %}
        select '{{ name }}' as case_name, {{ headwater.row_hash(["given_value"]) }} as row_hash
        from
            (
                select {{ of_engine(expression) }} as given_value
            ) as given {{ "union all" if not loop.last }}
    {%- endfor -%}
{% endmacro %}
