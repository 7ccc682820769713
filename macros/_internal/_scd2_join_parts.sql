{#- The histories of scd2_join(), checked: for each its versions, its join and the columns wanted. -#}
{% macro _scd2_join_parts(histories, key) %}
    {%- set expected = "a list of histories, such as [{'relation': ref('customers')}, ...]" -%}
    {%- if histories is string or histories is mapping or histories is not iterable or not histories -%}
        {{ headwater._raise_argument(
            "scd2_join", "histories", expected, headwater._describe(histories)
        ) }}
    {%- endif -%}
    {%- set options = ["relation", "key", "columns", "column_names", "open_end", "deleted"] -%}
    {%- set parts, taken = [], [] -%}
    {%- for given in histories -%}
        {%- if given is not mapping or "relation" not in given -%}
            {{ headwater._raise_argument(
                "scd2_join", "histories", expected,
                headwater._describe(given) ~ " at position " ~ loop.index
            ) }}
        {%- endif -%}
        {%- for name in given if name not in options -%}
            {{ headwater._raise_argument(
                "scd2_join", "histories",
                "options among '" ~ options | sort | join("', '") ~ "'", "the option '" ~ name ~ "'",
                headwater._suggestion(name, options)
            ) }}
        {%- endfor -%}
        {%- set own_key = given.get("key", key) -%}
        {%- do headwater._check_column_list("scd2_join", "key", own_key) -%}
        {%- if own_key | length != key | length -%}
            {{ headwater._raise_argument(
                "scd2_join", "key", key | length ~ " columns, as the result's key has",
                headwater._describe(own_key)
            ) }}
        {%- endif -%}
        {%- set history = headwater._history(
            "scd2_join", "relation", given.relation, given, "headwater_rows"
        ) -%}
        {%- do headwater._check_known("scd2_join", "key", own_key, history.known) -%}
        {%- set wanted = headwater._history_columns(history, own_key, given.get("columns")) -%}
        {%- for result in wanted.values() -%}
            {%- if result in taken or result in key -%}
                {{ headwater._raise_argument(
                    "scd2_join", "columns", "each name once in the result", "'" ~ result ~ "' twice",
                    "give it another: columns={'" ~ result ~ "': 'other_" ~ result ~ "'}"
                ) }}
            {%- endif -%}
            {%- do taken.append(result) -%}
        {%- endfor -%}
        {%- set pairs = [] -%}
        {%- for name in own_key -%}
            {%- do pairs.append(["segments.hw_key_" ~ loop.index, name]) -%}
        {%- endfor -%}
        {%- set wants = {"columns": [], "missing": "null", "null_keys": "match", "method": "auto"} -%}
        {%- set alias = "history_" ~ loop.index -%}
        {%- do parts.append({
            "wanted": wanted,
            "versions": headwater._versions(history, own_key, wants, alias, [
                history.begin ~ " is not null"
            ]),
            "join": headwater.version_join(
                history, pairs, "segments.hw_from", alias,
                dict(wants, columns=wanted.keys() | list)
            ),
        }) -%}
    {%- endfor -%}
    {{ return(parts) }}
{% endmacro %}
