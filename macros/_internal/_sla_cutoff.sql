{#-
    The moment that the newest row must not be older than, or none while nothing has been due. With `by`: the
    beginning of the last due day whose deadline, and grace, have passed. With `max_age`: as far back as the
    age allowed, where days on which nothing is due do not count.
-#}
{% macro _sla_cutoff(promise) %}
    {%- set span = modules.datetime.timedelta -%}
    {%- set today = promise.now.astimezone(promise.zone).date() -%}
    {%- set left = namespace(seconds=(promise.max_age or 0) + promise.grace) -%}
    {%- if promise.by is none and promise.days | length == 7 and not promise.holidays -%}
        {{ return(promise.now - span(seconds=left.seconds)) }}
    {%- endif -%}
    {%- for back in range(400) -%}
        {%- set day = today - span(days=back) -%}
        {%- if day.weekday() in promise.days and (day | string) not in promise.holidays -%}
            {%- set opens = headwater._sla_moment(day, 0, promise.zone) -%}
            {%- if promise.by is not none -%}
                {%- set due = headwater._sla_moment(day, promise.by, promise.zone) -%}
                {%- if due + span(seconds=promise.grace) <= promise.now -%}
                    {{ return(opens) }}
                {%- endif -%}
            {%- else -%}
                {%- set closes = [promise.now, headwater._sla_moment(day, 1440, promise.zone)] | min -%}
                {%- set open = [(closes - opens).total_seconds(), 0] | max -%}
                {%- if open > left.seconds -%} {{ return(closes - span(seconds=left.seconds)) }}
                {%- endif -%}
                {%- set left.seconds = left.seconds - open -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(none) }}
{% endmacro %}
