{#-
    Statements that make the table and the kept events what the results are: rows that are there and
    right are not touched. Ends come before beginnings, so that no key ever has two open versions.
-#}
{% macro _scd2_write_statements(run) %}
    {%- set address = headwater.row_address("present") -%}
    {%- set versions = headwater._scd2_is_version(run) -%}
    {%- set end = headwater.quote_identifier(run.options.names.dbt_valid_to) -%}
    {%- set open = headwater._scd2_open_end(run) -%}
    {%- set until = "coalesce(result.headwater_next, " ~ open ~ ")" -%}
    {%- set statements = [headwater._scd2_delete(run.target, run, 0, versions)] -%}
    {%- if run.kept -%}
        {%- do statements.append(headwater._scd2_delete(run.kept, run, 1, "not (" ~ versions ~ ")")) -%}
    {%- endif -%}
    {%- set changes, differences = [end ~ " = " ~ until], [headwater.values_differ([["result.headwater_until", until]])] -%}
    {%- for name in run.options.type1_cols -%}
        {%- set column = headwater.quote_identifier(name) -%}
        {%- do changes.append(column ~ " = result.headwater_type1_" ~ loop.index) -%}
        {%- do differences.append(headwater.values_differ([
            ["result." ~ column, "result.headwater_type1_" ~ loop.index]
        ])) -%}
    {%- endfor -%}
    {%- set filled, empty = [], [] -%}
    {%- for column in run.unseen if not run.options.is_clocked -%}
        {%- set name = headwater.quote_identifier(column.name) -%}
        {%- do filled.append(name ~ " = result." ~ name) -%}
        {%- do empty.append(headwater.values_differ([["present." ~ name, "result." ~ name]])) -%}
    {%- endfor -%}
    {%- set changes, differences = changes + filled, differences + empty -%}
    {%- if filled -%}
        {%- do statements.append(
            "update " ~ run.kept ~ " as present set " ~ filled | join(", ") ~ "\nfrom (select * from " ~ run.w
            ~ " where headwater_origin = 1 and not (" ~ versions ~ ")) as result\nwhere " ~ address
            ~ " = result.headwater_address and (" ~ empty | join(" or ") ~ ")"
        ) -%}
    {%- endif -%}
    {%- for part in ["is not null", "is null"] -%}
        {%- do statements.append(
            "update " ~ run.target ~ " as present set " ~ changes | join(", ") ~ "\nfrom " ~ run.w
            ~ " as result\nwhere " ~ address ~ " = result.headwater_address and headwater_origin = 0 and "
            ~ versions ~ "\n    and result.headwater_next " ~ part ~ " and (" ~ differences | join(" or ") ~ ")"
        ) -%}
    {%- endfor -%}
    {%- if run.options.is_clocked and run.options.type1_cols -%}
        {%- do statements.extend(headwater._scd2_spread_type1(run)) -%}
    {%- endif -%}
    {{ return(statements + headwater._scd2_inserts(run, since=0)) }}
{% endmacro %}
