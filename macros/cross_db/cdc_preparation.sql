{% macro cdc_preparation() %}
    {{- adapter.dispatch("cdc_preparation", "headwater")() -}}
{% endmacro %}

{# Nothing. #}
{% macro default__cdc_preparation() -%} {%- endmacro %}

{#
    Until the end of the transaction a batch may be sorted in memory. Before version 16 no expression
    says whether a text is JSON; a function of this session does.
#}
{% macro postgres__cdc_preparation() -%}
    do $headwater$
    begin
        perform set_config(
            'work_mem',
            greatest(65536, pg_size_bytes(current_setting('work_mem')) / 1024) || 'kB',
            true
        );
        if cast(current_setting('server_version_num') as integer) < 160000 then
            create or replace function pg_temp.headwater_json_object(given text) returns jsonb
            language plpgsql immutable as $function$
            begin
                if left(ltrim(given, e' \t\r\n'), 1) <> '{' then
                    return null;
                end if;
                return cast(given as jsonb);
            exception when data_exception or untranslatable_character then
                return null;
            end
            $function$;
        end if;
    end
    $headwater$;
{%- endmacro %}

{% macro redshift__cdc_preparation() -%} {%- endmacro %}
