{#-
    A statement that drops partitions: all of them, or with `keep` and the type of a range all but the
    newest.
-#}
{% macro _drop_partitions(target, keep=none, type=none) %}
    {%- set name = target.include(database=false) | string | replace("'", "''") -%}
    {%- set lower_bound = (
        "cast(substring(pg_get_expr(child.relpartbound, child.oid) from 'FROM \\(''?([^'')]+)') as "
        ~ type ~ ")"
    ) -%}
    {%- set newest = "order by " ~ lower_bound ~ " desc offset " ~ keep if keep else "" -%}
    {%- set ranges = "and pg_get_expr(child.relpartbound, child.oid) like 'FOR VALUES FROM%'" -%}
    {{ return(
        "do $headwater$\ndeclare old record;\nbegin\n    for old in\n"
        ~ "        select cast(cast(child.oid as regclass) as text) as name\n"
        ~ "        from pg_inherits join pg_class as child on child.oid = pg_inherits.inhrelid\n"
        ~ "        where pg_inherits.inhparent = to_regclass('" ~ name ~ "')\n"
        ~ "        " ~ (ranges ~ " " ~ newest if keep else "") ~ "\n"
        ~ "    loop\n        execute 'drop table ' || old.name;\n    end loop;\nend\n$headwater$"
    ) }}
{% endmacro %}
