{#-
    The option `partition_by`, checked against the query's columns: `field`, `column` (quoted), `type`,
    `method`, `granularity`, `width` of a range of numbers or 0, `default_partition`, `retain`.
-#}
{% macro _partition_option(run) %}
    {%- set macro = run.macro -%}
    {%- set given = headwater._option("partition_by") -%}
    {%- if given is not mapping -%}
        {{ headwater._raise_argument(
            macro, "partition_by", "a mapping such as {fields: [ordered_on], method: range, "
            ~ "granularity: month}", headwater._describe(given)
        ) }}
    {%- endif -%}
    {%- for name in given -%}
        {%- do headwater._check_choice(
            macro, "partition_by", name, ["fields", "method", "granularity", "default_partition"]
        ) -%}
    {%- endfor -%}
    {%- do headwater._check_column_list(macro, "partition_by.fields", given.fields) -%}
    {%- if given.fields | length > 1 -%}
        {{ headwater._raise_argument(
            macro, "partition_by.fields", "one column", headwater._describe(given.fields)
        ) }}
    {%- endif -%}
    {%- set method = given.method or "range" -%}
    {%- do headwater._check_choice(macro, "partition_by.method", method, ["list", "range"]) -%}
    {%- set field, facts = given.fields[0], run.batch_facts.columns -%}
    {%- do headwater._check_columns_exist(
        macro, "partition_by.fields", [field], facts | map(attribute="name") | list
    ) -%}
    {%- set granularity = given.granularity or "month" -%}
    {%- set units = ["hour", "day", "week", "month", "quarter", "year"] -%}
    {%- set is_width = granularity is number and granularity is not boolean and granularity > 0 -%}
    {%- set type = (facts | selectattr("name", "equalto", field) | first).type -%}
    {%- if method == "range" and not is_width -%}
        {%- do headwater._check_choice(macro, "partition_by.granularity", granularity, units) -%}
        {%- do headwater._check_is_time(macro, "partition_by.fields", field, type) -%}
    {%- endif -%}
    {%- if (given.default_partition or false) is not boolean -%}
        {{ headwater._raise_argument(
            macro, "partition_by.default_partition", "true or false", headwater._describe(given.default_partition)
        ) }}
    {%- endif -%}
    {%- set retain = headwater._option("retain", 0) -%}
    {%- if retain is not number or retain is boolean or retain < 0 -%}
        {{ headwater._raise_argument(
            macro, "retain", "a number of partitions", headwater._describe(retain)
        ) }}
    {%- endif -%}
    {{ return({
        "field": field, "column": headwater.quote_identifier(field), "method": method,
        "type": type,
        "granularity": granularity, "width": granularity if is_width else 0,
        "default_partition": given.default_partition or false, "retain": retain | int,
    }) }}
{% endmacro %}
