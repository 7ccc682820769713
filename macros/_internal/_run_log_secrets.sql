{#-
    The texts that may not stand in the log: `given`, and every value of `--vars`, the longest first, so
    that of two values of which one holds the other nothing is left over.
-#}
{% macro _run_log_secrets(given) %}
    {%- set found = [] -%}
    {%- for text in given if text is not none -%}
        {%- do found.append(text | string) -%}
    {%- endfor -%}
    {%- set values = [(invocation_args_dict or {}).get("vars")] -%}
    {#- Values may lie in lists and mappings; a loop over a list that grows sees what is added. -#}
    {%- for value in values -%}
        {%- if value is mapping -%}
            {%- for inner in value.values() -%} {%- do values.append(inner) -%} {%- endfor -%}
        {%- elif value is string or value is number -%}
            {%- do found.append(value | string) if value is not boolean -%}
        {%- elif value is iterable and value is not string -%}
            {%- for inner in value -%} {%- do values.append(inner) -%} {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set sorted = found | select | unique | sort(attribute="0") | sort(reverse=true) -%}
    {%- set by_length = [] -%}
    {%- for text in sorted if text | length > 2 -%}
        {%- do by_length.append([text | length, text]) -%}
    {%- endfor -%}
    {{ return(by_length | sort(reverse=true) | map("last") | list) }}
{% endmacro %}
