-- One row, whose columns have every kind of name that must be quoted.
{% set names = [
    "order", "Mixed Case", "lower case", "with \"quotes\"", "semi;colon", "dotted.name", "größe",
    "n" * 63, "é" * 31,
] %}
with
    given as (
        select
            {% for name in names %}
                {{ loop.index }} as {{ headwater.quote_identifier(name) }}{{ "," if not loop.last }}
            {%- endfor %}
    ),

    read_back as (
        select
            {{ headwater.get_quoted_identifiers(names) | join(" * 10 + ") }} as digits,
            {{ headwater.column_reference("Mixed Case") }} as mixed_case,
            {{ headwater.row_hash(names) }} as row_hash,
            {{ '`with "quotes"`' if target.type == "spark" else '"with ""quotes"""' }}
            as quoted_by_hand
        from given
    ),

    -- Joined to itself, every name is ambiguous without the alias.
    read_by_alias as (
        select
            {{ headwater.get_quoted_identifiers(names, alias="given") | join(" * 10 + ") }}
            as aliased_digits,
            {{ headwater.column_reference("lower case", "given") }} as lower_case,
            {{ headwater.row_hash(names, alias="given") }} as aliased_hash
        from given
        cross join given as twin
    ),

    everything as (select * from read_back cross join read_by_alias)

select *
from everything
