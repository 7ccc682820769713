{#- Takes the lock, or raises an error when another session holds it. -#}
{% macro _take_lock_or_fail(macro, name) %}
    {%- call statement("headwater_lock", fetch_result=true) -%}
        {{ headwater.lock_statement(name, wait=false) }}
    {%- endcall -%}
    {%- if not load_result("headwater_lock").data[0][0] -%}
        {{ headwater._raise_argument(
            macro, "lock", "nobody else at work on " ~ name ~ " (lock: fail)",
            "another run that holds its lock"
        ) }}
    {%- endif -%}
{% endmacro %}
