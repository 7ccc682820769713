{# The one line per strategy that a project needs; dbt looks for strategies in the root only. #}
{% macro get_incremental_headwater_upsert_sql(arg_dict) %}
    {{ return(headwater.get_incremental_headwater_upsert_sql(arg_dict)) }}
{% endmacro %}

{% macro get_incremental_headwater_delete_insert_sql(arg_dict) %}
    {{ return(headwater.get_incremental_headwater_delete_insert_sql(arg_dict)) }}
{% endmacro %}

{% macro get_incremental_headwater_append_dedup_sql(arg_dict) %}
    {{ return(headwater.get_incremental_headwater_append_dedup_sql(arg_dict)) }}
{% endmacro %}

{% macro get_incremental_headwater_full_diff_sql(arg_dict) %}
    {{ return(headwater.get_incremental_headwater_full_diff_sql(arg_dict)) }}
{% endmacro %}

{% macro get_incremental_headwater_soft_delete_sql(arg_dict) %}
    {{ return(headwater.get_incremental_headwater_soft_delete_sql(arg_dict)) }}
{% endmacro %}

{% macro get_incremental_headwater_replace_window_sql(arg_dict) %}
    {{ return(headwater.get_incremental_headwater_replace_window_sql(arg_dict)) }}
{% endmacro %}
