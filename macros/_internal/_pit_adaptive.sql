{#-
    A point-in-time join that looks at the history first: where a fact meets up to three versions of
    its key the join on the key is quicker, and beyond that sorting, by any factor; a key with a NULL,
    which no `=` finds, is for sorting, too. Only one of the two runs: the other's condition is known to
    be false before its first row is read.
-#}
{% macro _pit_adaptive(spine, history, key, at, wanted, options) %}
    {%- set sweep = headwater._pit_sweep(spine, history, key, at, wanted, options) -%}
    {%- set range = headwater._pit_range(
        spine, history, key, at, wanted, dict(options, null_keys="never")
    ) -%}
    {%- set keys = headwater.get_quoted_identifiers(
        key | map(attribute=1) | list, history.alias
    ) -%}
    {%- set empty = [] -%}
    {%- for name in keys if options.null_keys == "match" -%}
        {%- do empty.append(name ~ " is null") -%}
    {%- endfor -%}
    with
        headwater_spread as (
            select
                coalesce(
                    sum(row_count * row_count) / sum(row_count) > 3 or max(null_keys) = 1, false
                ) as is_sorted
            from
                (
                    select
                        count(*) as row_count,
                        max(
                            case when {{ empty | join(" or ") or "false" }} then 1 else 0 end
                        ) as null_keys
                    from {{ history.source }}
                    group by {{ keys | join(", ") }}
                ) as counted
        ),

        headwater_versions as ({{ sweep.versions }})

        {{ range.select }}
    where {{ range.where }} and not (select is_sorted from headwater_spread)
    union all
    {{ sweep.select }}
    where {{ sweep.where }} and (select is_sorted from headwater_spread)
{% endmacro %}
