{#- The options of the safe snapshot strategies, checked. -#}
{% macro _safe_options(macro) %}
    {%- set choices = {
        "on_null_key": ["match", "error"],
        "on_duplicate_key": ["error", "dedup"],
        "on_late": ["version", "ignore", "error"],
        "on_future_time": ["error", "accept"],
        "on_new_column": ["fill", "new_version"],
        "allow_empty_source": [false, true],
    } -%}
    {%- do headwater._check_option_names(
        macro, choices.keys() | list + ["exclude_cols", "max_delete_ratio", "guard"]
    ) -%}
    {%- do headwater.guarded_snapshot() -%}
    {%- set options = {} -%}
    {%- for name, allowed in choices.items() -%}
        {%- set value = headwater._option(name, allowed[0]) -%}
        {%- if true in allowed -%}
            {%- do headwater._check_flag(macro, name, value) -%}
        {%- else -%}
            {%- do headwater._check_choice(macro, name, value, allowed) -%}
        {%- endif -%}
        {%- do options.update({name: value}) -%}
    {%- endfor -%}
    {%- set checked = "all" if config.get("check_cols") is none else config.get("check_cols") -%}
    {%- if checked != "all" -%}
        {%- do headwater._check_column_list(macro, "check_cols", checked) -%}
    {%- endif -%}
    {%- if macro == "safe_timestamp" and not config.get("updated_at") -%}
        {{ headwater._raise_argument(
            macro, "updated_at", "the name of a column with a date or timestamp", "none",
            "use strategy: headwater.safe_check where there is none"
        ) }}
    {%- endif -%}
    {%- do options.update({
        "check_cols": checked, "exclude_cols": headwater._option_list(macro, "exclude_cols"),
        "max_delete_ratio": headwater._ratio_option(macro, "max_delete_ratio", 0.5),
    }) -%}
    {{ return(options) }}
{% endmacro %}
