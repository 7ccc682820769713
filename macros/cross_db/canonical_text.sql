{% macro canonical_text(expression) %}
    {{- adapter.dispatch("canonical_text", "headwater")(expression) -}}
{% endmacro %}

{# Engines with typeof() and regexp_extract(text, pattern, group), such as Trino. #}
{% macro default__canonical_text(expression) -%}
    {%- set text = "cast(" ~ expression ~ " as " ~ dbt.type_string() ~ ")" -%}
    case
        when {{ expression }} is null
        then null
        when
            lower(typeof({{ expression }})) in ('string', 'varchar')
            or lower(typeof({{ expression }})) like 'varchar(%'
            or lower(typeof({{ expression }})) like 'char(%'
        then 's' || {{ text }}
        when
            lower(typeof({{ expression }})) in ('tinyint', 'smallint', 'int', 'integer', 'bigint')
            or lower(typeof({{ expression }})) like 'decimal(%'
        then 'n' || regexp_extract({{ text }}, '^[^.]*([.][0-9]*[1-9])?', 0)
        else 'x' || lower(typeof({{ expression }})) || ' ' || {{ text }}
    end
{%- endmacro %}

{#
    Branches on the type at run time, so every branch must be valid for any type: to_jsonb() writes
    ISO dates whatever DateStyle says, and record_send() gives the value's own bytes, which no
    setting (TimeZone, IntervalStyle, extra_float_digits, bytea_output, lc_monetary) can change.
    Byte 13 is where the first field's bytes begin. 16384 is the first object id that is not
    Postgres's own: user-defined types have another id in every database.
#}
{% macro postgres__canonical_text(expression) -%}
    {%- set type = "pg_typeof(" ~ expression ~ ")" -%}
    {%- set text = "cast(" ~ expression ~ " as text)" -%}
    {%- set bytes = "substring(record_send(row(" ~ expression ~ ")) from 13)" -%}
    case
        when {{ expression }} is not distinct from null
        then null
        when
            {{ type }} in (
                'text'::regtype,
                'varchar'::regtype,
                'bpchar'::regtype,
                'name'::regtype,
                'unknown'::regtype
            )
        then 's' || {{ text }}
        when {{ type }} in ('smallint'::regtype, 'integer'::regtype, 'bigint'::regtype)
        then 'n' || {{ text }}
        when {{ type }} = 'numeric'::regtype
        then 'n' || substring({{ text }} from '^[^.]*(?:[.][0-9]*[1-9])?')
        when
            {{ type }}
            in ('boolean'::regtype, 'date'::regtype, 'timestamp'::regtype, 'uuid'::regtype)
        then left(cast({{ type }} as text), 1) || (to_jsonb({{ expression }}) #>> '{}')
        when {{ type }} = 'timestamptz'::regtype
        then 'z' || cast(cast(cast('x' || encode({{ bytes }}, 'hex') as bit(64)) as bigint) as text)
        when {{ type }} in ('json'::regtype, 'jsonb'::regtype)
        then 'j' || cast(to_jsonb({{ expression }}) as text)
        else
            'x'
            || cast(least(cast(cast({{ type }} as oid) as bigint), 16384) as text)
            || ' '
            || encode({{ bytes }}, 'hex')
    end
{%- endmacro %}

{# Redshift cannot tell the type of a value, and a hash that calls itself typed must. #}
{% macro redshift__canonical_text(expression) -%}
    {{ headwater._raise_argument(
    "canonical_text", "expression", "an engine that can tell the type of a value", "redshift"
) }}
{%- endmacro %}

{# Timestamps with a time zone count microseconds from 2000-01-01 UTC, as Postgres's bytes do. #}
{% macro duckdb__canonical_text(expression) -%}
    {%- set type = "typeof(" ~ expression ~ ")" -%}
    {%- set text = "cast(" ~ expression ~ " as varchar)" -%}
    {%- set instant = "epoch_us(try_cast(" ~ expression ~ " as timestamptz))" -%}
    case
        when {{ type }} = 'VARCHAR'
        then 's' || {{ text }}
        when {{ type }} like '%INT' or {{ type }} in ('INTEGER', 'UINTEGER', 'BIGNUM')
        then 'n' || {{ text }}
        when {{ type }} like 'DECIMAL(%)'
        then 'n' || regexp_extract({{ text }}, '^[^.]*([.][0-9]*[1-9])?')
        when {{ type }} in ('BOOLEAN', 'DATE', 'UUID')
        then lower(left({{ type }}, 1)) || {{ text }}
        when {{ type }} in ('TIMESTAMP', 'TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP_NS')
        then 't' || replace({{ text }}, ' ', 'T')
        when {{ type }} = 'TIMESTAMP WITH TIME ZONE'
        then 'z' || coalesce(cast({{ instant }} - 946684800000000 as varchar), {{ text }})
        when {{ type }} = 'JSON'
        then 'j' || cast(json(try_cast({{ expression }} as json)) as varchar)
        else 'x' || {{ type }} || ' ' || {{ text }}
    end
{%- endmacro %}

{% macro snowflake__canonical_text(expression) -%}
    {%- set value = "to_variant(" ~ expression ~ ")" -%}
    case
        when {{ expression }} is null
        then null
        when typeof({{ value }}) = 'VARCHAR'
        then 's' || to_varchar({{ value }})
        when typeof({{ value }}) in ('INTEGER', 'DECIMAL')
        then 'n' || to_varchar({{ value }})
        else 'x' || typeof({{ value }}) || ' ' || to_json({{ value }})
    end
{%- endmacro %}

{#
    As Postgres and DuckDB write them. Only JSON writes an instant in UTC whatever the session's time
    zone, and takes values of any type.
#}
{% macro spark__canonical_text(expression) -%}
    {%- set type = "typeof(" ~ expression ~ ")" -%}
    {%- set text = "cast(" ~ expression ~ " as string)" -%}
    {%- set json = "get_json_object(to_json(named_struct('v', " ~ expression ~ "), map('timeZone', 'UTC', "
        ~ "'timestampFormat', \"yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX\")), '$.v')" -%}
    case
        when {{ expression }} is null
        then null
        when {{ type }} = 'string' or {{ type }} like 'varchar(%' or {{ type }} like 'char(%'
        then 's' || {{ text }}
        when {{ type }} in ('tinyint', 'smallint', 'int', 'bigint') or {{ type }} like 'decimal(%'
        then 'n' || regexp_extract({{ text }}, '^[^.]*([.][0-9]*[1-9])?', 0)
        when {{ type }} in ('boolean', 'date')
        then left({{ type }}, 1) || {{ text }}
        when {{ type }} = 'timestamp_ntz'
        then 't' || replace({{ text }}, ' ', 'T')
        when {{ type }} = 'timestamp'
        then 'z' || cast(unix_micros(try_cast({{ json }} as timestamp)) - 946684800000000 as string)
        when {{ type }} in ('float', 'double') or {{ type }} like 'interval%'
        then 'x' || {{ type }} || ' ' || {{ text }}
        else 'x' || {{ type }} || ' ' || {{ json }}
    end
{%- endmacro %}

{# %T writes a value as a literal of its type, instants in UTC. #}
{% macro bigquery__canonical_text(expression) -%}
    case when {{ expression }} is not null then 'x' || format('%T', {{ expression }}) end
{%- endmacro %}
