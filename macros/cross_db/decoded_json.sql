{% macro decoded_json(json, encodings) %}
    {{- adapter.dispatch("decoded_json", "headwater")(json, encodings) -}}
{% endmacro %}

{% macro default__decoded_json(json, encodings) -%}
    {{ headwater._raise_argument("decoded_json", "json", "Postgres or DuckDB", adapter.type()) }}
{%- endmacro %}

{# No cast may fail: what is not of its encoding stays as it is. #}
{% macro postgres__decoded_json(json, encodings) -%}
    {%- set members = {} -%}
    {%- for name, encoding in encodings.items() -%}
        {%- set text = headwater.json_text(json, encoding.path) -%}
        {%- set micros = "trunc(cast(" ~ text ~ " as numeric) * " ~ encoding.micros ~ ")" -%}
        {%- set span = micros ~ " * interval '1 microsecond'" -%}
        {%- if encoding.family == "date" -%}
            {%- set value = "cast(date '1970-01-01' + cast(" ~ text ~ " as integer) as text)" -%}
        {%- elif encoding.family == "timestamp" -%}
            {%- set value = "cast(timestamp '1970-01-01' + " ~ span ~ " as text)" -%}
        {%- elif encoding.family == "time" -%}
            {%- set value = "case when " ~ micros ~ " < 86400000000 then cast(time '00:00' + " ~ span ~ " as text) end" -%}
        {%- elif encoding.family == "bytes" -%}
            {%- set value = "'\\x' || encode(decode(" ~ text ~ ", 'base64'), 'hex')" -%}
        {%- else -%}
            {%- set scale = encoding.scale if encoding.scale is not none else headwater.json_text(json, [name, "scale"]) -%}
            {%- set value -%}
                (
                    select
                        cast(round((
                            sum(get_byte(bytes, place) * power(cast(256 as numeric), length(bytes) - 1 - place))
                            - max(case when get_byte(bytes, 0) > 127
                                then power(cast(256 as numeric), length(bytes)) else 0 end)
                        ) * cast('1e-' || {{ scale }} as numeric), {{ scale }}::integer) as text)
                    from (select decode({{ text }}, 'base64') as bytes) as encoded,
                        generate_series(0, length(bytes) - 1) as place
                )
            {%- endset -%}
        {%- endif -%}
        {%- set valid = text ~ " ~ '^" ~ encoding.pattern ~ "$'" -%}
        {%- if encoding.path | length > 1 -%}
            {%- set valid = valid ~ " and " ~ headwater.json_text(json, [name, "scale"]) ~ " ~ '^\\d{1,2}$'" -%}
        {%- endif -%}
        {%- set branches = ["when " ~ valid ~ " then " ~ value] -%}
        {%- for ends, infinite in encoding.ends.items() -%}
            {%- do branches.insert(0, "when " ~ text ~ " = '" ~ ends ~ "' then '" ~ infinite ~ "'") -%}
        {%- endfor -%}
        {%- do members.update({name: "case " ~ branches | join(" ") ~ " end"}) -%}
    {%- endfor -%}
    ({{ json }} || jsonb_strip_nulls({{ headwater.json_of_values(members) }}))
{%- endmacro %}

{# A patch with a null would take the member away, so it holds only what was decoded. #}
{% macro duckdb__decoded_json(json, encodings) -%}
    {%- set names, values = [], [] -%}
    {%- for name, encoding in encodings.items() -%}
        {%- set text = headwater.json_text(json, encoding.path) -%}
        {%- set micros = "cast(trunc(cast(" ~ text ~ " as decimal(28, 3)) * " ~ encoding.micros ~ ") as bigint)" -%}
        {%- if encoding.family == "date" -%}
            {%- set value = "cast(date '1970-01-01' + cast(" ~ text ~ " as integer) as varchar)" -%}
        {%- elif encoding.family == "timestamp" -%}
            {%- set value = "cast(make_timestamp(" ~ micros ~ ") as varchar)" -%}
        {%- elif encoding.family == "time" -%}
            {%- set value = "case when " ~ micros ~ " < 86400000000 then cast(cast(make_timestamp("
                ~ micros ~ ") as time) as varchar) end" -%}
        {%- elif encoding.family == "bytes" -%}
            {%- set value = "regexp_replace(hex(from_base64(" ~ text ~ ")), '(..)', '\\\\x\\1', 'g')" -%}
        {%- else -%}
            {%- set scale = encoding.scale if encoding.scale is not none
                else "try_cast(" ~ headwater.json_text(json, [name, "scale"]) ~ " as utinyint)" -%}
            {#- A subquery is worked out whatever the case before it says. -#}
            {%- set valid = "case when regexp_full_match(" ~ text ~ ", '" ~ encoding.pattern ~ "') then " ~ text ~ " end" -%}
            {%- set most = "cast('0x" ~ "F" * 32 ~ "' as uhugeint)" -%}
            {%- set value -%}
                (
                    select
                        case when is_negative then '-' else '' end
                        || coalesce(nullif(ltrim(substr(digits, 1, length(digits) - {{ scale }}), '0'), ''), '0')
                        || case when {{ scale }} > 0 then '.' || right(digits, {{ scale }}) else '' end
                    from
                        (
                            select
                                bytes >= '8' as is_negative,
                                lpad(
                                    cast(case when bytes >= '8' then {{ most }} - whole + 1 else whole end as varchar),
                                    greatest(40, {{ scale }} + 1), '0'
                                ) as digits
                            from
                                (
                                    select
                                        bytes,
                                        cast('0x' || lpad(bytes, 32, case when bytes >= '8' then 'F' else '0' end) as uhugeint) as whole
                                    from (select hex(from_base64({{ valid }})) as bytes)
                                    where length(bytes) <= 32
                                ) as of_bytes
                        ) as of_digits
                )
            {%- endset -%}
        {%- endif -%}
        {%- set branches = ["when regexp_full_match(" ~ text ~ ", '" ~ encoding.pattern ~ "') then " ~ value] -%}
        {%- for ends, infinite in encoding.ends.items() -%}
            {%- do branches.insert(0, "when " ~ text ~ " = '" ~ ends ~ "' then '" ~ infinite ~ "'") -%}
        {%- endfor -%}
        {%- do names.append(dbt.string_literal(dbt.escape_single_quotes(name))) -%}
        {%- do values.append("case " ~ branches | join(" ") ~ " end") -%}
    {%- endfor -%}
    case
        when {{ json }} is not null
        then
            json_merge_patch(
                {{ json }},
                (
                    select coalesce(json_group_object(name, value), '{}')
                    from
                        (
                            {%- for name in names %}
                                select
                                    {{ name }} as name,
                                    {{ values[loop.index0] }} as value
                                    {{- " union all" if not loop.last }}
                            {%- endfor %}
                        )
                    where value is not null
                )
            )
    end
{%- endmacro %}
