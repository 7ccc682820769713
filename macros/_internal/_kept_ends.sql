{#-
    A text of which some characters at its ends stay and the others become the mask. `room` is how many
    must be hidden for any to stay; a shorter text is hidden whole.
-#}
{% macro _kept_ends(text, keep_start, keep_end, room, mask, hidden=none) %}
    {%- set length = "length(" ~ text ~ ")" -%}
    {%- set all_hidden = headwater.repeated_text(mask, hidden or length) -%}
    {%- set kept = keep_start + keep_end -%}
    {%- if not kept -%} {{ return(all_hidden) }} {%- endif -%}
    {%- set parts = [] -%}
    {%- if keep_start -%}
        {%- do parts.append(headwater.text_start(text, keep_start)) -%}
    {%- endif -%}
    {%- do parts.append(headwater.repeated_text(mask, hidden or length ~ " - " ~ kept)) -%}
    {%- if keep_end -%} {%- do parts.append(headwater.text_end(text, keep_end)) -%} {%- endif -%}
    {{ return(
        "case when " ~ length ~ " >= " ~ (kept + room) ~ " then " ~ parts | join(" || ")
        ~ " else " ~ all_hidden ~ " end"
    ) }}
{% endmacro %}
