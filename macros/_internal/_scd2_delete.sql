{#- A delete of the touched rows of one origin that are not among the results that stay there. -#}
{% macro _scd2_delete(relation, run, origin, stays) %}
    {%- set delete -%}
        delete from {{ relation }} as present
        where {{ headwater.row_address("present") }} in (
            select headwater_address from {{ run.e }} where headwater_origin = {{ origin }}
            except
            select headwater_address from {{ run.w }} where headwater_origin = {{ origin }} and {{ stays }}
        )
    {%- endset -%}
    {{ return(delete) }}
{% endmacro %}
