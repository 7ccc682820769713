-- One row per version of the seed, in a table.
select * from {{ ref("pit_versions") }}
