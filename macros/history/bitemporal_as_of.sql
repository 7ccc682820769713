{% macro bitemporal_as_of(
    relation, valid_at, recorded_at=none, open_end=none, column_names={}, columns=none
) %}
    {%- set macro = "bitemporal_as_of" -%}
    {%- do headwater._check_relation(macro, "relation", relation) -%}
    {%- set names = headwater._bitemporal_names(macro, column_names) -%}
    {%- set far = headwater._open_end(macro, open_end) -%}
    {%- set known = headwater._known_columns(relation) -%}
    {%- set valid, system = {"begin": names.valid_from, "end": names.valid_to}, {} -%}
    {%- set system = {"begin": names.system_from, "end": names.system_to} -%}
    {%- for part in [valid, system] -%}
        {%- do part.update({"open_end": far, "exists": ""}) -%}
    {%- endfor -%}
    select
        {{ headwater._selected({"macro": macro, "known": known, "alias": "headwater_rows"}, columns) }}
    from {{ headwater._source_as(relation, "headwater_rows") }}
    where
        {{ headwater._valid_at(valid, headwater._instant(macro, "valid_at", valid_at)) }}
        and {% if recorded_at is none %} {{ headwater._is_open(system) }}
        {% else %}
            {{ headwater._valid_at(system, headwater._instant(macro, "recorded_at", recorded_at)) }}
        {% endif %}
{% endmacro %}
