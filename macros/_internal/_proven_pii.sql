{#- A select of column_name for each value of a select of candidates that is what it looks like. -#}
{% macro _proven_pii(pattern, candidates) %}
    {%- if pattern == "card" -%}
        {%- set padded = headwater.padded_text(headwater.regex_replaced("candidate", "[ -]", ""), 19, "0") -%}
        select column_name
        from
            (
                select column_name, {{ padded }} as digits from ({{ candidates }}) as candidates
            ) as cards
        where {{ headwater._is_luhn("digits") }}
    {%- elif pattern == "iban" -%}
        {%- set plain = "upper(" ~ headwater.regex_replaced("candidate", "[ -]", "") ~ ")" -%}
        {%- set lengths = [] -%}
        {%- for length, countries in headwater._iban_lengths().items() -%}
            {%- set names = "'" ~ countries.split(" ") | join("', '") ~ "'" -%}
            {%- do lengths.append("when substr(iban, 1, 2) in (" ~ names ~ ") then substr(iban, 1, " ~ length ~ ")") -%}
        {%- endfor -%}
        {%- set number = headwater._iban_number("iban") -%}
        select column_name
        from
            (
                select column_name, {{ number.digits }} as digits
                from
                    (
                        select column_name, case {{ lengths | join(" ") }} end as iban
                        from
                            (
                                select column_name, {{ plain }} as iban
                                from ({{ candidates }}) as candidates
                            ) as plain
                    ) as ibans
                where iban is not null
            ) as numbers
        where {{ number.remainder }} = '1'
    {%- elif pattern == "ssn" -%}
        select column_name
        from ({{ candidates }}) as candidates
        where
            substr(candidate, 1, 3) not in ('000', '666')
            and substr(candidate, 5, 2) <> '00'
            and substr(candidate, 8, 4) <> '0000'
    {%- else -%} select column_name from ({{ candidates }}) as candidates
    {%- endif -%}
{% endmacro %}
