{#- The policy of one column, checked; see _mask_policies. -#}
{% macro _mask_policy(name, column, inherited, options, node_said=none) %}
    {%- set ours = headwater._meta_of(column).get("headwater") or {} -%}
    {%- set where = name ~ ".mask" -%}
    {%- if ours is not mapping -%}
        {{ headwater._raise_argument("masked_view", where, "a mapping under meta.headwater", headwater._describe(ours)) }}
    {%- endif -%}
    {%- set known = ["erasure", "mask", "mask_for", "pii", "reason", "reveal_to", "tokens"] -%}
    {%- for option in ours if option not in known and not headwater._is_pii_key(option) -%}
        {{ headwater._raise_argument(
            "masked_view", name ~ ".meta.headwater", "options among '" ~ known | join("', '") ~ "'",
            "the option '" ~ option ~ "'", headwater._suggestion(option, known)
        ) }}
    {%- endfor -%}
    {%- set said = headwater._declared_class(column, name ~ ".pii", node_said) -%}
    {%- set class = said or (inherited.class if inherited else none) -%}
    {%- set class = none if class == "none" else class -%}
    {%- set own = ours.get("mask") -%}
    {%- set is_shown = own == "reveal" -%}
    {%- if own is not none and said == "none" -%}
        {{ headwater._raise_argument("masked_view", where, "no mask, since the column declares pii: none", headwater._describe(own)) }}
    {%- elif is_shown and not (ours.get("reason") is string and ours.reason | trim) -%}
        {{ headwater._raise_argument(
            "masked_view", where, "a reason beside mask: reveal", "none", "write reason: '…' beside it"
        ) }}
    {%- endif -%}
    {%- set mask = none if is_shown else (own if own is not none else options.policies.get(class)) -%}
    {%- set reveal_to = headwater._role_list(name ~ ".reveal_to", ours.get("reveal_to", options.reveal_to if mask else [])) -%}
    {%- set mask_for = ours.get("mask_for") or {} -%}
    {%- if mask_for is not mapping -%}
        {{ headwater._raise_argument(
            "masked_view", name ~ ".mask_for", "a mapping of roles to masks", headwater._describe(mask_for)
        ) }}
    {%- endif -%}
    {%- if (ours.get("reveal_to") or mask_for) and mask is none -%}
        {{ headwater._raise_argument(
            "masked_view", where, "a mask for everybody else beside reveal_to and mask_for",
            "mask: reveal" if is_shown else "none"
        ) }}
    {%- endif -%}
    {%- for role in mask_for if role in reveal_to -%}
        {{ headwater._raise_argument(
            "masked_view", name ~ ".mask_for", "roles that reveal_to does not name", "'" ~ role ~ "' in both"
        ) }}
    {%- endfor -%}
    {{ return({
        "name": name, "class": class, "mask": mask, "reveal_to": reveal_to, "mask_for": mask_for,
        "is_shown": is_shown, "origin": inherited.origin if inherited and not said else none,
    }) }}
{% endmacro %}
