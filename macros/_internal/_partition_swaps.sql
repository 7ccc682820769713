{#-
    For each partition of the batch: `create`, which makes it beside the table, and `exchange`, which
    takes out the table's partition of the same bounds, if any, and puts in the new one.
-#}
{% macro _partition_swaps(run, by, beside) %}
    {%- set swaps = [] -%}
    {%- for row in headwater._partition_bounds(run, by) -%}
        {%- set bounds, condition, label, old = row[0], row[1], row[2], row[3] -%}
        {%- if bounds == "DEFAULT" and not by.default_partition -%}
            {{ headwater._raise_argument(
                run.macro, "partition_by.fields", "no NULL in '" ~ by.field ~ "'", "rows with one",
                "a default_partition takes them"
            ) }}
        {%- endif -%}
        {%- set final = headwater._partition_name(run.target, label) -%}
        {%- set new = beside.incorporate(path={"identifier": beside.identifier ~ loop.index}) -%}
        {%- set exchange = [
            "alter table " ~ beside ~ " detach partition " ~ new
        ] -%}
        {%- if old -%}
            {%- set old = run.target.incorporate(path={"identifier": old}) -%}
            {%- do exchange.append("alter table " ~ run.target ~ " detach partition " ~ old) -%}
            {%- do exchange.append("drop table " ~ old) -%}
        {%- elif row[4] and condition -%}
            {%- set rest = run.target.incorporate(path={"identifier": row[4]}) -%}
            {%- do exchange.append("delete from " ~ rest ~ " where " ~ condition) -%}
        {%- endif -%}
        {%- do exchange.append(
            "alter table " ~ new ~ " rename to " ~ headwater.quote_identifier(final)
        ) -%}
        {%- do exchange.append(
            "alter table " ~ run.target ~ " attach partition "
            ~ run.target.incorporate(path={"identifier": final}) ~ " " ~ bounds
        ) -%}
        {%- do swaps.append({
            "create": "create table " ~ new ~ " partition of " ~ beside ~ " " ~ bounds,
            "exchange": exchange,
        }) -%}
    {%- endfor -%}
    {{ return(swaps) }}
{% endmacro %}
