{# Types and quotes of Postgres, in which the cases are written, as the engine spells them. #}
{% macro of_engine(sql) %}
    {%- set spark = {
        "varchar(\\(\\d+\\))?": "string", "text": "string", "double precision": "double", "real": "float",
        "timestamp": "timestamp_ntz", "timestamp with time zone": "timestamp",
    } -%}
    {%- set bigquery = {
        "varchar(\\(\\d+\\))?": "string", "text": "string", "double precision": "float64",
        "real": "float64", "timestamp": "datetime", "timestamp with time zone": "timestamp",
        "numeric\\(\\d+, *\\d+\\)": "numeric",
    } -%}
    {%- set types = {"spark": spark, "bigquery": bigquery}.get(target.type) -%}
    {%- if not types -%} {{ return(sql) }} {%- endif -%}
    {%- set found = [sql] -%}
    {%- for ours, theirs in types.items() -%}
        {%- do found.append(
            modules.re.sub("\\bas " ~ ours ~ "\\)", "as " ~ theirs ~ ")", found[-1])
        ) -%}
    {%- endfor -%}
    {%- set quoted = modules.re.sub("(?<=\\w)''(?=\\w)", "\\\\'", found[-1]) -%}
    {{ return(quoted | replace("''''", "'\\''") | replace("'\\' as", "'\\\\' as")) }}
{% endmacro %}
