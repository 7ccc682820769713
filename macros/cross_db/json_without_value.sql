{% macro json_without_value(json, text) %}
    {{- adapter.dispatch("json_without_value", "headwater")(json, text) -}}
{% endmacro %}

{% macro default__json_without_value(json, text) -%}
    {{ headwater._raise_argument(
        "json_without_value", "json", "Postgres or DuckDB", adapter.type()
    ) }}
{%- endmacro %}

{% macro postgres__json_without_value(json, text) -%}
    case
        when cast({{ json }} as text) like '%"{{ text }}"%'
        then
            (
                select coalesce(jsonb_object_agg(name, value), '{}')
                from jsonb_each({{ json }}) as member(name, value)
                where value not in ('"{{ text }}"', '["{{ text }}"]')
            )
        else {{ json }}
    end
{%- endmacro %}

{% macro duckdb__json_without_value(json, text) -%}
    case
        when cast({{ json }} as varchar) like '%"{{ text }}"%'
        then
            (
                select
                    coalesce(
                        json_group_object(
                            name, json_extract({{ json }}, '$."' || replace(name, '"', '\"') || '"')
                        ),
                        '{}'
                    )
                from unnest(json_keys({{ json }})) as member(name)
                where
                    json_extract_string({{ json }}, '$."' || replace(name, '"', '\"') || '"')
                    is distinct from '{{ text }}'
                    and json_extract_string({{ json }}, '$."' || replace(name, '"', '\"') || '"[0]')
                    is distinct from '{{ text }}'
            )
        else {{ json }}
    end
{%- endmacro %}
