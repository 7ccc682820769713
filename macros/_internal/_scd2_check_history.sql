{#-
    Nothing, or an error when the versions of some key with news break a rule, so that what comes next
    would hide it; or when, without times of their own, the clock is behind what is written.
-#}
{% macro _scd2_check_history(run) %}
    {%- set keys = headwater.get_quoted_identifiers(run.key) | join(", ") -%}
    {%- set open = headwater._scd2_open_end(run) -%}
    {%- set until = "nullif(headwater_until, " ~ open ~ ")" -%}
    {%- set now = headwater._scd2_moment(run.now, run.time_type) -%}
    {%- set said_key = [] -%}
    {%- for name in run.key -%}
        {%- set value = "cast(" ~ headwater.quote_identifier(name) ~ " as " ~ dbt.type_string() ~ ")" -%}
        {%- do said_key.append("'" ~ name | replace("'", "''") ~ " ' || coalesce(" ~ value ~ ", 'NULL')") -%}
    {%- endfor -%}
    {%- set broken -%}
        select
            headwater_from,
            {{ said_key | join(" || ', ' || ") }} as told,
            case
                when headwater_from is null then 'has no beginning'
                when {{ until }} <= headwater_from then 'ends before it begins'
                when headwater_later <= headwater_from then 'begins when another does'
                when headwater_later is not null and ({{ until }} is null or {{ until }} > headwater_later)
                then 'ends after the next begins'
                {%- if run.kept %}
                when {{ until }} is distinct from headwater_later and not exists (
                    select 1 from {{ run.e }} as deletion
                    where headwater_origin = 1 and headwater_gone = 1
                        and deletion.headwater_from = version.headwater_until
                        and {{ headwater._scd2_same_key(run, "version", "deletion") }}
                ) then 'ends, and nothing says why'
                {%- else %}
                when headwater_from >= {{ now }} then 'begins after now'
                {%- endif %}
            end as rule
        from (
            select {{ keys }}, headwater_from, headwater_until,
                lead(headwater_from) over (partition by {{ keys }} order by headwater_from) as headwater_later
            from {{ run.e }} where headwater_origin = 0
        ) as version
    {%- endset -%}
    {%- call statement("headwater_broken", fetch_result=true) -%}
        select
            told,
            coalesce(cast(headwater_from as {{ dbt.type_string() }}), 'NULL'),
            rule,
            count(*) over ()
        from ({{ broken }}) as broken
        where rule is not null
        order by headwater_from, told
        limit 5
    {%- endcall -%}
    {%- set rows = load_result("headwater_broken").data -%}
    {%- if rows -%}
        {%- set said = [] -%}
        {%- for row in rows -%}
            {%- do said.append("that of " ~ row[0] ~ " from " ~ row[1] ~ " " ~ row[2]) -%}
        {%- endfor -%}
        {{ headwater._raise_argument(
            "scd2", "this", "versions of one key that follow each other, from the past to now",
            rows[0][3] ~ " broken versions of keys with news in " ~ run.target ~ ": " ~ said | join("; "),
            "the test scd2_valid finds them all; mend them, or build the table anew with --full-refresh"
        ) }}
    {%- endif -%}
{% endmacro %}
