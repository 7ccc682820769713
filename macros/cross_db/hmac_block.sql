{% macro hmac_block(key, pad) %}
    {{- adapter.dispatch("hmac_block", "headwater")(key, pad) -}}
{% endmacro %}

{% macro default__hmac_block(key, pad) -%}
    {{ headwater._raise_argument("hmac_block", "key", "Postgres or DuckDB", adapter.type()) }}
{%- endmacro %}

{% macro postgres__hmac_block(key, pad) -%}
    (
        select
            string_agg(
                set_byte(
                    '\x00'::bytea,
                    0,
                    get_byte(padded.bytes, place)  # {{ pad }}),
                    ''::bytea
                    order by place
                )
                from
                    (
                        select
                            case
                                when length(given.bytes) > 64
                                then sha256(given.bytes) || decode(repeat('00', 32), 'hex')
                                else
                                    given.bytes
                                    || decode(repeat('00', 64 - length(given.bytes)), 'hex')
                            end as bytes
                        from (select {{ key }} as bytes) as given
                    ) as padded
                cross join generate_series(0, 63) as series(place)
            )
{%- endmacro %}

{% macro redshift__hmac_block(key, pad) -%}
    {{ headwater.default__hmac_block(key, pad) }}
{%- endmacro %}

{% macro duckdb__hmac_block(key, pad) -%}
    (
        select
            unhex(
                string_agg(
                    printf(
                        '%02x',
                        xor(
                            cast('0x' || substr(padded.digits, place * 2 + 1, 2) as integer),
                            {{ pad }}
                        )
                    ),
                    ''
                    order by place
                )
            )
        from
            (
                select
                    rpad(
                        case
                            when octet_length(given.bytes) > 64
                            then sha256(given.bytes)
                            else lower(hex(given.bytes))
                        end,
                        128,
                        '0'
                    ) as digits
                from (select {{ key }} as bytes) as given
            ) as padded
        cross join range(64) as series(place)
    )
{%- endmacro %}
