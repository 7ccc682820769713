{#-
    The argument `encodings` of cdc_normalize, checked. By column: `family` (date, timestamp, time, bytes,
    decimal), `micros` (what a unit is in microseconds), `scale` (none: in the value), `path` to the text,
    the `pattern` it must have, and the `ends`: texts that stand for something else.
-#}
{% macro _cdc_encodings(encodings) %}
    {%- set spans = {
        "timestamp": [1000, "-?\\d{1,14}"], "micro_timestamp": [1, "-?\\d{1,17}"],
        "nano_timestamp": [0.001, "-?\\d{1,19}"], "time": [1000, "\\d{1,8}"], "micro_time": [1, "\\d{1,11}"],
        "nano_time": [0.001, "\\d{1,14}"], "date": [1, "-?\\d{1,6}"],
    } -%}
    {%- set base64 = "([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)" -%}
    {%- if encodings is not mapping -%}
        {{ headwater._raise_argument(
            "cdc_normalize", "encodings", "a mapping, such as {'price': 'decimal(2)'}",
            headwater._describe(encodings)
        ) }}
    {%- endif -%}
    {%- set found = {} -%}
    {%- for name, given in encodings.items() -%}
        {%- set digits = (given | string)[8:-1] -%}
        {%- set is_decimal = given is string and given == "decimal(" ~ digits ~ ")"
            and not digits.strip("0123456789") and 0 < digits | length < 3 -%}
        {%- if not is_decimal and given not in (spans | list + ["bytes", "variable_decimal"]) -%}
            {{ headwater._raise_argument(
                "cdc_normalize", "encodings",
                "one of 'bytes', 'decimal(<scale>)', 'variable_decimal', '" ~ spans | sort | join("', '") ~ "'",
                headwater._describe(given) ~ " for '" ~ name ~ "'"
            ) }}
        {%- endif -%}
        {%- set span = spans.get(given, [1, base64]) -%}
        {%- do found.update({name: {
            "family": given.split("_")[-1].split("(")[0], "micros": span[0], "pattern": span[1],
            "scale": digits | int if is_decimal else none,
            "path": [name, "value"] if given == "variable_decimal" else [name],
            "ends": {
                "micro_timestamp": {"9223372036825200000": "infinity", "-9223372036832400000": "-infinity"},
                "bytes": {"X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==": "__debezium_unavailable_value"},
            }.get(given, {}),
        }}) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
