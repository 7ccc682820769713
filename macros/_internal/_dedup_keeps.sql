{#-
    1 for a row that is kept. Where two rows tie and must not, the statement fails; the message counts
    and names no value, since logs are read by more people than tables.
-#}
{% macro _dedup_keeps(plan) -%}
    {%- set keys = plan.key | join(", ") -%}
    {%- set order = plan.order | join(", ") -%}
    {%- set whole = plan.whole | join(", ") -%}
    {%- set peers = (plan.key + plan.peers) | join(", ") -%}
    {%- set rank = "rank() over (partition by " ~ keys ~ " order by " ~ (order or "1") ~ ")" -%}
    {%- set ties = "count(*) over (partition by " ~ peers ~ ")" -%}
    {%- set message -%}
        'headwater.{{ plan.macro }}(): ' || cast({{ ties }} as {{ dbt.type_string() }})
        || ' rows tie for one value of ({{ plan.key_names | join(", ") | replace("'", "''") }}), and keep is error'
    {%- endset -%}
    {%- set branches = [] -%}
    {%- if plan.null_keys == "keep_all" -%}
        {%- do branches.append("when " ~ plan.null_key ~ " then 1") -%}
    {%- elif plan.null_keys == "drop" -%}
        {%- do branches.append("when " ~ plan.null_key ~ " then 0") -%}
    {%- endif -%}
    {%- if plan.keep in ["last", "first"] -%}
        {%- do branches.append(
            "else row_number() over (partition by " ~ keys ~ " order by " ~ whole ~ ")"
        ) -%}
    {%- elif plan.keep == "all_ties" -%} {%- do branches.append("else " ~ rank) -%}
    {%- else -%}
        {%- do branches.append("when " ~ rank ~ " > 1 then 0 when " ~ ties ~ " = 1 then 1") -%}
        {%- do branches.append("when " ~ headwater.error_value(message) ~ " then 0") -%}
    {%- endif -%}
    {%- set text = branches | join(" ") -%}
    {%- if text.startswith("else ") -%} {{- text[5:] -}}
    {%- else -%} case {{ text }} end
    {%- endif -%}
{%- endmacro %}
