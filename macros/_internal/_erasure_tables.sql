{#- Statements that make the list of people who were erased, as hashes, and the log of what was done. -#}
{% macro _erasure_tables() %}
    {{ return([
        "create table if not exists " ~ headwater._masking_table("erased_subjects")
            ~ " (identifier text not null, subject_hash text not null, erased_at timestamp not null,"
            ~ " primary key (identifier, subject_hash))",
        "create table if not exists " ~ headwater._masking_table("erasure_log")
            ~ " (erased_at timestamp not null, invocation_id text not null, relation_name text not null,"
            ~ " action text not null, row_count bigint not null)",
    ]) }}
{% endmacro %}
