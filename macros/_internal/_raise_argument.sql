{#- The one way a macro refuses an argument: macro, argument, expected, got, and a way out. -#}
{% macro _raise_argument(macro, argument, expected, got, hint=none) %}
    {%- set lines = [
        "headwater." ~ macro ~ "(): bad argument '" ~ argument ~ "'",
        "  expected: " ~ expected,
        "  got: " ~ got,
    ] -%}
    {%- if hint -%} {%- do lines.append("  hint: " ~ hint) -%} {%- endif -%}
    {{ exceptions.raise_compiler_error(lines | join("\n")) }}
{% endmacro %}
