{#-
    Gives a snapshot's table the columns that its query has got since, and current rows their values: a
    new column is no change of what is described by it.
-#}
{% macro _fill_new_columns(reading, stored) %}
    {%- set added = [] -%}
    {%- for column in reading.known -%}
        {%- if headwater._known_column(column.name, stored) is none -%}
            {%- do added.append(column) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not added or reading.options.on_new_column != "fill" or headwater._is_partial() -%}
        {{ return(added) }}
    {%- endif -%}
    {#- The key may be an expression: no other column of its names may be in sight. -#}
    {%- set values, shown = [], [reading.key ~ " as hw_key"] -%}
    {%- for column in added -%}
        {%- set name = headwater.quote_identifier(column.name) -%}
        {%- call statement("headwater_add") -%}
            alter table {{ this }} add column {{ name }} {{ column.type }}
        {%- endcall -%}
        {%- do values.append(name ~ " = given.hw_value_" ~ loop.index) -%}
        {%- do shown.append(name ~ " as hw_value_" ~ loop.index) -%}
    {%- endfor -%}
    {%- call statement("headwater_fill") -%}
        update {{ this }} as stored
        set {{ values | join(", ") }}
        from (select {{ shown | join(", ") }} from {{ reading.batch }}) as given
        where
            given.hw_key = {{ reading.key }}
            and {{ headwater._snapshot_open(reading, "stored") }}
    {%- endcall -%}
    {{ return([]) }}
{% endmacro %}
