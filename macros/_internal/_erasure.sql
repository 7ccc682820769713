{#-
    What the meta of a node says of erasing people from it, checked: a mapping of `rows` (delete, redact or
    keep), `subject` (identifiers and the columns that hold them) and `reason`; none when it says nothing.
-#}
{% macro _erasure(node) %}
    {%- set ours = headwater._meta_of(node).get("headwater") -%}
    {%- if ours is not mapping or ours.get("erasure") is none -%} {{ return(none) }} {%- endif -%}
    {%- set given, where = ours.erasure, node.name ~ ".erasure" -%}
    {%- if given is not mapping -%}
        {{ headwater._raise_argument(
            "erase_subject", where, "a mapping such as {subject: customer_id, rows: delete}", headwater._describe(given)
        ) }}
    {%- endif -%}
    {%- for option in given if option not in ["reason", "rows", "subject"] -%}
        {{ headwater._raise_argument(
            "erase_subject", where, "options among 'reason', 'rows', 'subject'", "the option '" ~ option ~ "'",
            headwater._suggestion(option, ["reason", "rows", "subject"])
        ) }}
    {%- endfor -%}
    {%- set rows, subject = given.get("rows", "redact"), given.get("subject") -%}
    {%- do headwater._check_choice("erase_subject", where ~ ".rows", rows, ["delete", "keep", "redact"]) -%}
    {%- if rows == "keep" -%}
        {%- if not (given.get("reason") is string and given.reason | trim) -%}
            {{ headwater._raise_argument("erase_subject", where, "a reason beside rows: keep", "none") }}
        {%- endif -%}
        {{ return({"rows": rows, "subject": {}, "reason": given.reason}) }}
    {%- endif -%}
    {%- set columns = {subject: subject} if subject is string else subject -%}
    {%- if columns is not mapping or not columns -%}
        {{ headwater._raise_argument(
            "erase_subject", where ~ ".subject",
            "the column that says whose row it is, or a mapping of identifiers to columns", headwater._describe(subject)
        ) }}
    {%- endif -%}
    {%- for name, column in columns.items() -%}
        {%- do headwater._check_domain("erase_subject", name) -%}
        {%- do headwater._check_name("erase_subject", where ~ ".subject", column) -%}
    {%- endfor -%}
    {{ return({"rows": rows, "subject": columns}) }}
{% endmacro %}
