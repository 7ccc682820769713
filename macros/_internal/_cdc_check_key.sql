{#-
    Nothing, or an error where no change of a batch could be read and the key is named as none of them names
    it: one bad change is set aside, but a misspelt key would set aside all, run by run.
-#}
{% macro _cdc_check_key(run) %}
    {%- set present, names = [], {"key": [], "payload": []} -%}
    {%- for name in run.key -%}
        {%- do present.append(headwater.json_text("payload", [name]) ~ " is not null") -%}
    {%- endfor -%}
    {%- call statement("headwater_cdc_names", fetch_result=true) -%}
        select distinct holder, name
        from
            (
                select 'key' as holder, {{ headwater.json_names("key") }} as name
                from {{ run.batch }}
                union all
                select 'payload' as holder, {{ headwater.json_names("payload") }} as name
                from {{ run.batch }}
                where reason = 'no key'
                union all
                select 'both' as holder, 'key' as name
                from {{ run.batch }}
                where reason = 'no key' and {{ present | join(" and ") }}
            ) as members
        order by name
    {%- endcall -%}
    {%- for row in load_result("headwater_cdc_names").data -%}
        {%- if row[0] == "both" -%}
            {{ headwater._raise_argument(
                "cdc_apply", "sql", "changes whose key is " ~ run.key | join(", "),
                "rows with it, and no key", "write the key of unique_key in cdc_normalize(), too"
            ) }}
        {%- endif -%}
        {%- do names[row[0]].append(row[1]) -%}
    {%- endfor -%}
    {%- if not names.key and (not run.facts or run.is_rebuild) -%}
        {%- do names.update({"key": names.payload}) -%}
    {%- endif -%}
    {%- if names.key -%}
        {%- do headwater._check_columns_exist("cdc_apply", "unique_key", run.key, names.key) -%}
    {%- endif -%}
{% endmacro %}
