{#- The arguments of bitemporal_merge(), checked, as SQL on the rows of its events. -#}
{% macro _bitemporal_plan(events, key, columns, options) %}
    {%- set macro, alias = "bitemporal_merge", "headwater_rows" -%}
    {%- do headwater._check_relation(macro, "events", events) -%}
    {%- do headwater._check_column_list(macro, "key", key) -%}
    {%- set known = headwater._known_columns(events) -%}
    {%- do headwater._check_known(macro, "key", key, known) -%}
    {%- set own, sequence = [], [] -%}
    {%- for name in ["valid_from", "valid_to", "recorded_at", "deleted_column"] -%}
        {%- if name != "deleted_column" or options[name] is not none -%}
            {%- do headwater._check_name(macro, name, options[name]) -%}
            {%- do headwater._check_known(macro, name, [options[name]], known) -%}
            {%- do own.append(options[name]) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if options.sequence_by -%}
        {%- do headwater._check_column_list(macro, "sequence_by", options.sequence_by) -%}
        {%- do headwater._check_known(macro, "sequence_by", options.sequence_by, known) -%}
        {%- for name in headwater.get_quoted_identifiers(options.sequence_by, alias) -%}
            {%- do sequence.append(headwater.sort_term(name, false, "first")) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- set wanted = headwater._history_columns(
        {"macro": macro, "known": known, "names": {}},
        key + own + (options.sequence_by | list), columns
    ).keys() | list -%}
    {%- set quoted = headwater.get_quoted_identifiers(key + own, alias) -%}
    {%- set begin, end, moment = quoted[key | length :][:3] -%}
    {%- set far = headwater._open_end(macro, options.open_end) -%}
    {%- set end = "nullif(" ~ end ~ ", " ~ far ~ ")" if far else end -%}
    {%- set text = "lower(cast(" ~ quoted[-1] ~ " as " ~ dbt.type_string() ~ "))" -%}
    {%- set is_gone = "0" if options.deleted_column is none else (
        "case when coalesce(" ~ text ~ ", 'false') in ('true', 't', '1') then 1 else 0 end"
    ) -%}
    {%- set order, same, names = [], [], [] -%}
    {%- for name in wanted -%}
        {%- set column = headwater._known_column(name, known) -%}
        {%- do names.append(headwater.quote_identifier(name)) -%}
        {%- do order.append(headwater.sort_value(headwater.column_reference(name, alias), column)) -%}
        {%- set value = headwater.sort_value(names[-1], column) -%}
        {%- do same.append(headwater.same_value(
            value, "lag(" ~ value ~ ") over (partition by hw_key, hw_begin order by hw_event)"
        )) -%}
    {%- endfor -%}
    {%- set shown = headwater._bitemporal_names(macro, options.column_names) -%}
    {%- set ends = ["islands.hw_end", "islands.hw_until"] -%}
    {%- if far -%}
        {%- set ends = [
            "coalesce(islands.hw_end, " ~ far ~ ")", "coalesce(islands.hw_until, " ~ far ~ ")"
        ] -%}
    {%- endif -%}
    {{ return({
        "source": headwater._source_as(events, alias), "begin": begin, "end": end, "moment": moment,
        "key": headwater.get_quoted_identifiers(key), "columns": names, "is_gone": is_gone,
        "order": [moment] + sequence + [is_gone, begin, end] + quoted[: key | length] + order,
        "is_same": "case when " ~ (same | join(" and ") or "true") ~ " then 1 else 0 end",
        "names": shown, "ends": ends,
    }) }}
{% endmacro %}
