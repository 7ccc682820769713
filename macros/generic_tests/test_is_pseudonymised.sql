{% test is_pseudonymised(model, column_name, key_versions=[], kinds=["hash", "token"]) %}
    {%- do headwater._check_name("is_pseudonymised", "column_name", column_name) -%}
    {%- do headwater._check_column_list("is_pseudonymised", "kinds", kinds) -%}
    {%- set versions = [] -%}
    {%- for version in key_versions -%}
        {%- do versions.append(headwater._key_version("is_pseudonymised", version) | string) -%}
    {%- endfor -%}
    {%- set forms = {
        "hash": "k(" ~ (versions | join("|") if versions else "[1-9][0-9]*") ~ ")_[0-9a-f]{32,64}",
        "token": "tok_[0-9a-f]{32}",
    } -%}
    {%- set wanted = [] -%}
    {%- for kind in kinds -%}
        {%- do headwater._check_choice("is_pseudonymised", "kinds", kind, forms.keys() | list) -%}
        {%- do wanted.append(forms[kind]) -%}
    {%- endfor -%}
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
