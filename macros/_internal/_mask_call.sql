{#-
    A mask as a policy writes it (a name, or a mapping of one name to its arguments), over a column: a
    mapping of `sql`, `word` (what its mark says) and `type` (what comes out; none: the column's own).
-#}
{% macro _mask_call(where, column, given) %}
    {%- set text = dbt.type_string() -%}
    {%- set known = {
        "hide": none, "hash_pii": text, "mask_partial": text, "mask_email": text, "mask_phone": text,
        "mask_card": text, "mask_iban": text, "mask_ip": text, "mask_name": text, "mask_text": text,
        "mask_json": none, "tokenize": text, "generalize_date": "date", "generalize_number": "numeric",
        "generalize_geo": "numeric", "noise": dbt.type_float(), "date_shift": "date", "shuffle": none,
    } -%}
    {%- set is_one = given is mapping and given | length == 1 -%}
    {%- set name = (given.keys() | list)[0] if is_one else given -%}
    {%- set arguments = (given[name] or {}) if is_one else {} -%}
    {%- if name is not string or name not in known or arguments is not mapping -%}
        {{ headwater._raise_argument(
            "masked_view", where,
            "the name of a mask, or a mapping of one to its arguments; there are " ~ known.keys() | sort | join(", "),
            headwater._describe(given),
            headwater._suggestion(name, known.keys() | list) if name is string else none
        ) }}
    {%- endif -%}
    {%- if name == "hide" -%}
        {{ return({"sql": headwater._masked("constant", "null"), "word": "constant", "type": none}) }}
    {%- endif -%}
    {%- set keyed = ["domain", "key_version"] -%}
    {%- set options = {
        "hash_pii": keyed + ["normalize", "length"],
        "mask_partial": ["keep_start", "keep_end", "min_hidden", "mask", "hidden_length"],
        "mask_email": ["keep_start", "domain", "mask"], "mask_phone": ["keep_end", "mask"],
        "mask_card": ["keep_start", "keep_end", "mask"],
        "mask_iban": ["keep_country", "keep_end", "mask"],
        "mask_ip": ["keep_octets", "keep_groups", "mask"], "mask_name": ["keep", "mask"],
        "mask_text": ["patterns", "more"], "mask_json": ["paths", "mode", "mask"],
        "tokenize": ["domain"], "generalize_date": ["to"],
        "generalize_number": ["width", "lower", "upper", "output"], "generalize_geo": ["degrees"],
        "noise": keyed + ["scale", "per", "distribution"],
        "date_shift": keyed + ["subject", "max_days", "type"],
        "shuffle": keyed + ["key", "within", "min_rows"],
    }[name] -%}
    {%- for option in arguments if option not in options -%}
        {{ headwater._raise_argument(
            "masked_view", where, "arguments of " ~ name ~ ": " ~ options | sort | join(", "),
            headwater._describe(option),
            headwater._suggestion(option, options) if option is string else none
        ) }}
    {%- endfor -%}
    {%- set call = headwater[name] -%}
    {%- set sql = call(column, **arguments) -%}
    {%- set type = known[name] -%}
    {%- if arguments.get("output") == "label" -%} {%- set type = text -%}
    {%- elif name == "date_shift" -%} {%- set type = arguments.get("type", "date") -%}
    {%- endif -%}
    {{ return({
        "sql": sql, "type": type, "word": modules.re.search("headwater:mask=([a-z]+)", sql | string).group(1)
    }) }}
{% endmacro %}
