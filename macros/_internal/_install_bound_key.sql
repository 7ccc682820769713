{#- Puts the key of the environment into DuckDB's table of keys, as a bound value. -#}
{% macro _install_bound_key(version, keys) %}
    {%- set given = env_var("HEADWATER_MASKING_KEY", "") -%}
    {%- set expected = "at least 32 bytes, of which 8 differ" -%}
    {%- set present = run_query("select count(*) from " ~ keys ~ " where key_version = " ~ version).columns[0].values()[0] -%}
    {%- if not given -%}
        {%- if present -%} {{ return("") }} {%- endif -%}
        {{ headwater._raise_argument(
            "install_masking", "key", expected,
            "no variable HEADWATER_MASKING_KEY, and no key of version " ~ version,
            "set it in the environment of this one command"
        ) }}
    {%- endif -%}
    {%- set form, coded = given.partition(":")[0], given.partition(":")[2] -%}
    {%- set pattern = {
        "hex": "^([0-9A-Fa-f]{2})*$",
        "base64": "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
    }.get(form) -%}
    {%- if pattern and not modules.re.match(pattern, coded) -%}
        {{ headwater._raise_argument(
            "install_masking", "key", expected, "a text that is not what it says before its colon"
        ) }}
    {%- endif -%}
    {%- set decoded = {"hex": "unhex(?)", "base64": "from_base64(?)"}.get(form, "encode(?)") -%}
    {%- set bound = coded if pattern else given -%}
    {%- set measure -%}
        select octet_length(bytes), length(list_distinct(list_transform(range(octet_length(bytes)),
            lambda place: substr(hex(bytes), place * 2 + 1, 2))))
        from (select {{ decoded }} as bytes) as given
    {%- endset -%}
    {%- set size = adapter.add_query(measure, bindings=[bound])[1].fetchone() -%}
    {%- if size[0] < 32 or size[1] < 8 -%}
        {{ headwater._raise_argument(
            "install_masking", "key", expected, size[0] ~ " bytes, of which " ~ size[1] ~ " differ"
        ) }}
    {%- endif -%}
    {%- set inner_half = headwater.hmac_block(decoded, 54) -%}
    {%- if present -%}
        {%- set same = "select inner_block = " ~ inner_half ~ " from " ~ keys ~ " where key_version = " ~ version -%}
        {%- if not adapter.add_query(same, bindings=[bound])[1].fetchone()[0] -%}
            {{ headwater._raise_argument(
                "install_masking", "key_version", "a version without a key yet",
                version ~ ", which has another key", "a new key needs a new version"
            ) }}
        {%- endif -%}
        {{ return("") }}
    {%- endif -%}
    {%- set insert -%}
        insert into {{ keys }}
        select {{ version }}, {{ inner_half }}, {{ headwater.hmac_block(decoded, 92) }}, {{ headwater.utc_now() }}
    {%- endset -%}
    {%- do adapter.add_query(insert, bindings=[bound, bound]) -%}
{% endmacro %}
