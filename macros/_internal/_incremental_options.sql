{#-
    The options that all incremental materializations read, checked. `more` names those that only
    this one reads; it checks them itself.
-#}
{% macro _incremental_options(macro, more=[]) %}
    {%- set choices = {
        "on_null_key": ["match", "error", "quarantine"],
        "on_duplicate_key": ["dedup", "error", "keep"],
        "lock": ["wait", "fail", "none"],
        "on_schema_change": ["ignore", "fail", "append_new_columns", "sync_all_columns"],
        "on_empty_batch": ["keep", "delete", "error"],
    } -%}
    {%- set lists = [
        "unique_key", "dedup_order_by", "merge_update_columns", "merge_exclude_columns",
        "never_update", "coalesce",
    ] -%}
    {%- do headwater._check_option_names(
        macro, choices.keys() | list + lists + ["incremental_predicates", "max_delete_ratio", "quarantine_table"] + more
    ) -%}
    {%- set options = {} -%}
    {%- for name, allowed in choices.items() -%}
        {%- set value = headwater._option(name, allowed[0]) -%}
        {%- if name == "lock" and value is boolean -%}
            {%- set value = "wait" if value else "none" -%}
        {%- endif -%}
        {%- do headwater._check_choice(macro, name, value, allowed) -%}
        {%- do options.update({name: value}) -%}
    {%- endfor -%}
    {%- for name in lists -%}
        {%- do options.update({name: headwater._option_list(macro, name)}) -%}
    {%- endfor -%}
    {%- if options.merge_update_columns and options.merge_exclude_columns -%}
        {{ headwater._raise_argument(
            macro, "merge_exclude_columns", "only one of merge_update_columns and "
            ~ "merge_exclude_columns", "both"
        ) }}
    {%- endif -%}
    {%- set ratio = headwater._option("max_delete_ratio", 1) -%}
    {%- if ratio is not number or ratio is boolean or ratio < 0 or ratio > 1 -%}
        {{ headwater._raise_argument(
            macro, "max_delete_ratio", "a number from 0 to 1", headwater._describe(ratio)
        ) }}
    {%- endif -%}
    {%- set predicates = headwater._option("incremental_predicates", []) -%}
    {%- set quarantine = headwater._option("quarantine_table") -%}
    {%- if quarantine is not none -%}
        {%- do headwater._check_name(macro, "quarantine_table", quarantine) -%}
        {%- do headwater._check_length(macro, "quarantine_table", quarantine) -%}
        {%- if quarantine == this.identifier -%}
            {{ headwater._raise_argument(
                macro, "quarantine_table", "another name than the model's", "'" ~ quarantine ~ "'"
            ) }}
        {%- endif -%}
    {%- endif -%}
    {%- do options.update({
        "max_delete_ratio": ratio,
        "quarantine_table": quarantine,
        "predicates": headwater._predicates(macro, predicates),
    }) -%}
    {%- if options.predicates and macro in ["in_place_refresh", "swap_partition"] -%}
        {{ headwater._raise_argument(
            macro, "incremental_predicates", "none, since no row of what is replaced can be kept",
            headwater._describe(predicates)
        ) }}
    {%- endif -%}
    {{ return(options) }}
{% endmacro %}
