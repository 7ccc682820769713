{#-
    Nothing, or an error where no change of a batch could be read and the key is named as none of them names
    it: one bad change is set aside, but a misspelt key would set aside all, run by run.
-#}
{% macro _cdc_check_key(run) %}
    {%- set names = [] -%}
    {%- for holder in ["key", "payload"] if not names and (holder == "key" or not run.facts) -%}
        {%- call statement("headwater_cdc_names", fetch_result=true) -%}
            select distinct name
            from
                (
                    select {{ headwater.json_names(holder) }} as name
                    from {{ run.batch }}
                    where {{ "reason = 'no key'" if holder == "payload" else "key is not null" }}
                ) as members
            order by name
        {%- endcall -%}
        {%- for row in load_result("headwater_cdc_names").data -%}
            {%- do names.append(row[0]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if names -%}
        {%- do headwater._check_columns_exist("cdc_apply", "unique_key", run.key, names) -%}
    {%- endif -%}
{% endmacro %}
