{#- Nothing, or an error unless the user owns the table that must now be altered. -#}
{% macro _check_owner(run, argument) %}
    {%- if not run.facts.is_owner -%}
        {{ headwater._raise_argument(
            run.macro, argument,
            "a table that '" ~ run.facts.user ~ "' owns, since it must be altered",
            run.target ~ " of '" ~ run.facts.owner ~ "'",
            "let its owner run the model once, or give the ownership away"
        ) }}
    {%- endif -%}
{% endmacro %}
