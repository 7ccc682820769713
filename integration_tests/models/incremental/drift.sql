-- One row per column in which two tables differ.
select *
from
    ({{ headwater.schema_drift(ref('incremental_rows'), ref('first_soft_delete')) }}) as differences
