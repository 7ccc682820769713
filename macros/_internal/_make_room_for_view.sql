{#- Drops the table that has the view's name, but only when all is to be built anew. -#}
{% macro _make_room_for_view(run) %}
    {%- if not should_full_refresh() -%}
        {{ headwater._raise_argument(
            "masked_view", "this", "a view, or nothing of that name yet",
            "the " ~ run.facts.kind ~ " " ~ run.target,
            "run with --full-refresh to put a view in its place: its rows are gone then"
        ) }}
    {%- endif -%}
    {%- call statement("headwater_drop") -%}
        {{ "drop " ~ ("materialized view " if run.facts.kind == "materialized view" else "table ") ~ run.target }}
    {%- endcall -%}
    {%- do run.update({"facts": {}}) -%}
{% endmacro %}
