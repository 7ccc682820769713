{#- The options that the guards read; of a strategy of dbt's own only those that it can follow. -#}
{% macro _guard_options(is_ours) %}
    {%- if is_ours -%}
        {{ return({"on_duplicate_key": headwater._option("on_duplicate_key", "error")}) }}
    {%- endif -%}
    {%- set options = {"check_cols": "all", "exclude_cols": [], "on_future_time": "accept"} -%}
    {%- set choices = {
        "on_null_key": ["match", "error"], "on_duplicate_key": ["error", "dedup"],
        "allow_empty_source": [false, true],
    } -%}
    {%- do headwater._check_option_names(
        "guarded_snapshot", choices.keys() | list + ["max_delete_ratio", "guard"]
    ) -%}
    {%- for name, allowed in choices.items() -%}
        {%- set value = headwater._option(name, allowed[0]) -%}
        {%- if true in allowed -%}
            {%- do headwater._check_flag("guarded_snapshot", name, value) -%}
        {%- else -%}
            {%- do headwater._check_choice("guarded_snapshot", name, value, allowed) -%}
        {%- endif -%}
        {%- do options.update({name: value}) -%}
    {%- endfor -%}
    {%- do options.update({
        "max_delete_ratio": headwater._ratio_option("guarded_snapshot", "max_delete_ratio", 0.5)
    }) -%}
    {{ return(options) }}
{% endmacro %}
