{#-
    What becomes of each column of a query: a list of name, class, mask (none: it stays), reveal_to and
    mask_for, in the order of the columns. Raises where a personal column has no policy, or two.
-#}
{% macro _mask_policies(query, options) %}
    {%- set found = adapter.get_column_schema_from_query(query) -%}
    {%- set declared, inherited = {}, headwater._classes_of_parents(model.depends_on.nodes) -%}
    {%- for name, column in model.columns.items() -%}
        {%- do declared.update({headwater.folded_name(name): column}) -%}
    {%- endfor -%}
    {%- set said_by_node = headwater._node_classes(config.get("meta") or {}) -%}
    {%- set policies, bare, seen = [], [], [] -%}
    {%- for column in found -%}
        {%- set key = headwater.folded_name(column.name) -%}
        {%- set policy = headwater._mask_policy(column.name, declared.get(key, {}), inherited.get(key), options, said_by_node.get(key)) -%}
        {%- if policy.class and not policy.mask and not policy.is_shown -%}
            {%- do bare.append(policy) -%}
        {%- endif -%}
        {%- do policies.append(policy) -%} {%- do seen.append(key) -%}
    {%- endfor -%}
    {%- for key, column in declared.items() if key not in seen -%}
        {%- set meta = headwater._meta_of(column) -%}
        {%- if headwater._declared_class(column, column.name ~ ".pii") or meta.get("headwater") -%}
            {%- do headwater._check_columns_exist(
                "masked_view", "columns", [column.name], found | map(attribute="name") | list
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if bare -%}
        {%- set said = [] -%}
        {%- for policy in bare[:5] -%}
            {%- do said.append(
                policy.name ~ " (" ~ policy.class ~ (", as " ~ policy.origin if policy.origin else "") ~ ")"
            ) -%}
        {%- endfor -%}
        {%- set more = " (+" ~ (bare | length - 5) ~ ")" if bare | length > 5 else "" -%}
        {{ headwater._raise_argument(
            "masked_view", "columns", "a mask for each column with personal data",
            "none for " ~ said | join(", ") ~ more,
            "write a mask at the column (meta, headwater, mask: hash_pii), or a policy for its class"
        ) }}
    {%- endif -%}
    {{ return(policies) }}
{% endmacro %}
