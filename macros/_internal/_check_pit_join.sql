{#- Nothing, or an error when an argument of pit_join() names what isn't there, or one name twice. -#}
{% macro _check_pit_join(spine, versions, key, at, wanted, missing, unknown) %}
    {%- do headwater._check_name("pit_join", "at", at) -%}
    {%- set known = headwater._known_columns(spine) -%}
    {%- do headwater._check_known("pit_join", "key", key | map(attribute=0) | list, known) -%}
    {%- do headwater._check_known("pit_join", "at", [at], known) -%}
    {%- do headwater._check_known(
        "pit_join", "key", key | map(attribute=1) | list, versions.known
    ) -%}
    {%- for name, shown in wanted.items() if headwater._known_column(shown, known) is not none -%}
        {{ headwater._raise_argument(
            "pit_join", "columns", "names that the spine doesn't have", "'" ~ shown ~ "'",
            "give it another: columns={'" ~ name ~ "': 'version_" ~ shown ~ "'}"
        ) }}
    {%- endfor -%}
    {%- if unknown and missing != "unknown" -%}
        {{ headwater._raise_argument(
            "pit_join", "unknown", "missing='unknown', without which it is not used",
            headwater._describe(missing)
        ) }}
    {%- elif missing == "unknown" and (unknown is not mapping or not unknown) -%}
        {{ headwater._raise_argument(
            "pit_join", "unknown",
            "a mapping of columns of the result to SQL, such as {'country': \"'unknown'\"}",
            headwater._describe(unknown)
        ) }}
    {%- endif -%}
    {%- for name in unknown or {} if name not in wanted.values() -%}
        {{ headwater._raise_argument(
            "pit_join", "unknown",
            "columns of the result: " ~ wanted.values() | sort | join(", "), "'" ~ name ~ "'",
            headwater._suggestion(name, wanted.values() | list)
        ) }}
    {%- endfor -%}
{% endmacro %}
