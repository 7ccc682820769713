{#- The select of a masked view: each column as its policy says, for whoever reads it. -#}
{% macro _masked_select(query, policies) %}
    {%- set shown = [] -%}
    {%- set ranks = ["reveal", "partial", "redact", "generalize", "noise", "shuffle", "shift", "token", "hash", "constant"] -%}
    {%- for policy in policies -%}
        {%- set column = headwater.quote_identifier(policy.name) -%}
        {%- if policy.mask is none -%} {%- do shown.append(column) -%}
        {%- else -%}
            {%- set where = policy.name ~ ".mask" -%}
            {%- set masked = headwater._mask_call(where, column, policy.mask) -%}
            {%- set place = namespace(rank=ranks.index(masked.word)) -%}
            {%- set cases = [] -%}
            {%- if policy.reveal_to -%}
                {%- set clear = "cast(" ~ column ~ " as " ~ masked.type ~ ")" if masked.type else column -%}
                {%- do cases.append("when " ~ headwater.reader_is(policy.reveal_to) ~ " then " ~ clear) -%}
            {%- endif -%}
            {%- for role, given in policy.mask_for.items() -%}
                {%- set other = headwater._mask_call(policy.name ~ ".mask_for", column, given) -%}
                {%- if other.word == "reveal" or (other.type != masked.type and other.type and masked.type) -%}
                    {{ headwater._raise_argument(
                        "masked_view", policy.name ~ ".mask_for", "masks that give one type, as the column has one",
                        "'" ~ role ~ "' gets " ~ other.type ~ ", all others " ~ masked.type
                    ) }}
                {%- endif -%}
                {%- set place.rank = [place.rank, ranks.index(other.word)] | min -%}
                {%- do cases.append("when " ~ headwater.reader_is([role]) ~ " then " ~ other.sql) -%}
            {%- endfor -%}
            {%- if cases -%}
                {%- set whole = "case " ~ cases | join("\n        ") ~ "\n        else " ~ masked.sql ~ " end" -%}
                {%- do shown.append(headwater._masked(ranks[place.rank], whole) ~ " as " ~ column) -%}
            {%- else -%} {%- do shown.append(masked.sql ~ " as " ~ column) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(
        "select\n    " ~ shown | join(",\n    ") ~ "\nfrom (\n" ~ query ~ "\n) as headwater_rows"
    ) }}
{% endmacro %}
