{#-
    A block that puts a key into the table of keys, made of the session's setting or by the server. It
    refuses a key that is missing or short, and another key for a version that has one. Its text is the
    same for every key.
-#}
{% macro _install_key_block(version, source, keys) %}
    {%- set said = "headwater.install_masking(): bad argument" -%}
    {%- set length = "at least 32 bytes, of which 8 differ" -%}
    {%- set hint = "give it as PGOPTIONS=\"-c headwater.masking_key=base64:…\" in the environment of this one command" -%}
do $headwater$
declare
    given text := nullif(current_setting('headwater.masking_key', true), '');
    key bytea;
    inner_half bytea;
begin
    if '{{ source }}' = 'generate' then
        if exists (select 1 from {{ keys }} where key_version = {{ version }}) then return; end if;
        key := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
            || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
    elsif given is null then
        if exists (select 1 from {{ keys }} where key_version = {{ version }}) then return; end if;
        raise exception using message = E'{{ said }} \'key\'\n  expected: {{ length }}'
            || E'\n  got: no setting headwater.masking_key, and no key of version {{ version }}\n  hint: '
            || {{ headwater._literal(hint) }};
    elsif given like 'hex:%' and substr(given, 5) ~ '^([0-9A-Fa-f]{2})*$' then
        key := decode(substr(given, 5), 'hex');
    elsif given like 'base64:%' and substr(given, 8) ~ '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$' then
        key := decode(substr(given, 8), 'base64');
    elsif given like 'hex:%' or given like 'base64:%' then
        raise exception using message = E'{{ said }} \'key\'\n  expected: {{ length }}'
            || E'\n  got: a text that is not what it says before its colon';
    else
        key := convert_to(given, 'UTF8');
    end if;
    if length(key) < 32 or (
        select count(distinct get_byte(key, place)) from generate_series(0, length(key) - 1) as place
    ) < 8 then
        raise exception using message = E'{{ said }} \'key\'\n  expected: {{ length }}'
            || E'\n  got: ' || length(key) || ' bytes, of which ' || (
                select count(distinct get_byte(key, place)) from generate_series(0, length(key) - 1) as place
            ) || ' differ';
    end if;
    select inner_block into inner_half from {{ keys }} where key_version = {{ version }};
    if inner_half is null then
        insert into {{ keys }} (key_version, inner_block, outer_block)
        select {{ version }}, {{ headwater.hmac_block("key", 54) }}, {{ headwater.hmac_block("key", 92) }};
    elsif inner_half <> {{ headwater.hmac_block("key", 54) }} then
        raise exception using message = E'{{ said }} \'key_version\'\n  expected: a version without a key yet'
            || E'\n  got: {{ version }}, which has another key\n  hint: a new key needs a new version';
    end if;
end
$headwater$
{% endmacro %}
