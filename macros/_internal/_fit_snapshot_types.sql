{#-
    Makes the types of a snapshot's table hold what its query gives now, where they can be widened. An error
    where values would be cast to another kind, or lose what makes them differ again in every run.
-#}
{% macro _fit_snapshot_types(reading, stored) %}
    {%- set kinds = {
        "smallint": ["number", 1], "integer": ["number", 1], "bigint": ["number", 1], "hugeint": ["number", 1],
        "numeric": ["number", 2], "real": ["number", 3], "double precision": ["number", 4],
        "text": ["text", 1], "character varying": ["text", 1], "character": ["text", 1],
        "date": ["time", 1], "timestamp without time zone": ["time", 2], "timestamp with time zone": ["time", 2],
        "boolean": ["truth", 1], "json": ["json", 1], "jsonb": ["json", 1], "uuid": ["uuid", 1],
    } -%}
    {%- set most = {"smallint": 32767, "integer": 2147483647, "bigint": 9223372036854775807} -%}
    {%- set widened, refused = [], [] -%}
    {%- for column in reading.known -%}
        {%- set old = headwater._known_column(column.name, stored) or column -%}
        {%- set base = headwater._usual_type(old.type.split("(")[0] | trim) -%}
        {%- set new_base = headwater._usual_type(column.type.split("(")[0] | trim) -%}
        {%- set kind, new_kind = kinds.get(base), kinds.get(new_base) -%}
        {%- if kind and new_kind and old.type != column.type -%}
            {%- if headwater._is_wider_type(old.type, column.type) -%}
                {#- What fits is left as it is, since views may stand on it; texts dbt widens itself. -#}
                {%- set is_needed = kind[0] != "text" -%}
                {%- if is_needed and base in most and new_kind[1] == 1 -%}
                    {%- call statement("headwater_fits", fetch_result=true) -%}
                        select count(*)
                        from {{ reading.batch }}
                        where abs({{ headwater.quote_identifier(column.name) }}) > {{ most[base] }}
                    {%- endcall -%}
                    {%- set is_needed = load_result("headwater_fits").data[0][0] -%}
                {%- endif -%}
                {%- if is_needed -%} {%- do widened.append(column) -%} {%- endif -%}
            {%- elif kind[0] != new_kind[0] or new_kind[1] > kind[1] -%}
                {%- do refused.append("column '" ~ column.name ~ "' " ~ column.type ~ " instead of " ~ old.type) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if refused -%}
        {{ headwater._raise_argument(
            reading.macro, "sql", "the types of " ~ this ~ ", or wider ones", refused | join("; "),
            "cast in the snapshot's query to the old type, or alter the table's column to the new one"
        ) }}
    {%- endif -%}
    {%- if widened and not headwater._is_partial() -%}
        {%- do headwater.change_columns(this, [], [], widened) -%}
    {%- endif -%}
{% endmacro %}
