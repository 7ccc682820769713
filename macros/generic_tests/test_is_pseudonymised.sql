{% test is_pseudonymised(model, column_name, key_versions=[], kinds=["hash", "token"]) %}
    {%- do headwater._check_name("is_pseudonymised", "column_name", column_name) -%}
    {%- if key_versions is undefined or key_versions is string or key_versions is mapping or key_versions is not iterable -%}
        {{ headwater._raise_argument(
            "is_pseudonymised", "key_versions", "a list of versions, such as [2]",
            headwater._describe(key_versions)
        ) }}
    {%- endif -%}
    {%- set versions = [] -%}
    {%- for version in key_versions -%}
        {%- do versions.append(headwater._key_version("is_pseudonymised", version or 0, "key_versions") | string) -%}
    {%- endfor -%}
    {%- set forms = {
        "hash": "k(" ~ (versions | join("|") if versions else "[1-9][0-9]*") ~ ")_[0-9a-f]{32,64}",
        "token": "tok_[0-9a-f]{32}",
    } -%}
    {%- set wanted = [] -%}
    {%- do headwater._check_choices("is_pseudonymised", "kinds", kinds, forms.keys() | list) -%}
    {%- for kind in kinds -%} {%- do wanted.append(forms[kind]) -%} {%- endfor -%}
    {%- set value = headwater._text_of(headwater.quote_identifier(column_name)) -%}
    {%- set pattern = "^(" ~ wanted | join("|") ~ ")$" -%}
    with
        found as (
            select
                count(*) as row_count,
                count(
                    case when not ({{ headwater.regex_found(value, pattern) }}) then 1 end
                ) as raw_row_count
            from {{ model }}
            where {{ headwater.quote_identifier(column_name) }} is not null
        )

    select *
    from found
    where raw_row_count > 0
{% endtest %}
