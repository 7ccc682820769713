"""What the walk knows of functions: aggregates, and table functions that read only arguments."""

from __future__ import annotations

import re

from sqlglot import exp

#: Aggregates that sqlglot leaves anonymous in some dialect.
AGGREGATES = frozenset(
    """any_value approx_distinct approx_most_frequent approx_percentile_cont approx_set arg_max
    arg_min argmax argmin array_agg bit_and_agg bit_or_agg bit_xor_agg bitand_agg
    bitmap_construct_agg bitor_agg bool_and bool_or checksum collect_list collect_set
    entropy every favg first fsum geomean group_concat grouparray grouparraysample
    groupbitand groupbitor groupbitxor groupuniqarray hash_agg histogram hll hll_accumulate
    hll_combine json_agg json_object_agg jsonb_agg jsonb_object_agg kurtosis last list
    listagg mad map_agg map_union max_by median merge min_by mode multimap_agg
    numeric_histogram object_agg percentile quantile_cont quantile_disc quantiles range_agg
    ratio_to_report reduce_agg regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope
    regr_sxx regr_sxy regr_syy skewness string_agg stringagg sum_no_overflow sumif sumkahan
    sumwithoverflow topk uniq uniqcombined uniqexact uniqhll12 wavg xmlagg""".split()
)

#: Window functions whose value is another row's value, not a summary of rows.
PICKS = tuple(
    getattr(exp, name)
    for name in ("Lag", "Lead", "FirstValue", "LastValue", "NthValue")
    if hasattr(exp, name)
)

#: Table functions whose rows come from their arguments alone.
ARGUMENT_TABLES = frozenset(
    """array_join each explode explode_outer flatten generate_array generate_date_array
    generate_series generate_subscripts generator inline inline_outer json_array_elements
    json_array_elements_text json_each json_each_text json_object_keys json_populate_record
    json_populate_recordset json_table json_to_record json_to_recordset json_tuple
    jsonb_array_elements jsonb_array_elements_text jsonb_each jsonb_each_text
    jsonb_object_keys jsonb_path_query jsonb_populate_record jsonb_populate_recordset
    jsonb_to_record jsonb_to_recordset list_value nodes numbers numbers_mt openjson posexplode
    posexplode_outer range regexp_matches regexp_split_to_table repeat_row sequence skeys
    split_to_table splitbychar stack string_split string_split_to_table string_to_table
    strtok_split_to_table svals unnest xmltable zeros""".split()
)


ARGUMENT_TABLE_TYPES = tuple(
    getattr(exp, name)
    for name in (
        "Explode ExplodingGenerateSeries FlattenFunc GenerateDateArray GenerateSeries Generator "
        "Inline JSONTable OpenJSON Posexplode Stack Unnest XMLTable"
    ).split()
    if hasattr(exp, name)
)

#: Functions that make several rows of one, even in a select list.
ROW_MAKERS = tuple(
    getattr(exp, name)
    for name in "Unnest Explode ExplodeOuter Posexplode PosexplodeOuter Inline".split()
    if hasattr(exp, name)
)
SERIES_MAKE_ROWS = frozenset({"postgres", "redshift", "materialize", "risingwave"})
ROW_MAKER_NAMES = ARGUMENT_TABLES - {"range", "sequence", "list_value", "flatten", "each", "stack"}


def makes_rows(node: exp.Expr, dialect: str) -> bool:
    """Whether a function in a select list changes how many rows there are."""
    if isinstance(node, ROW_MAKERS):
        return True
    if isinstance(node, (exp.GenerateSeries, exp.ExplodingGenerateSeries)):
        return dialect in SERIES_MAKE_ROWS  # elsewhere it is a list
    return isinstance(node, exp.Anonymous) and str(node.this).lower() in ROW_MAKER_NAMES


def function_name(node: exp.Expr) -> str:
    """The lower-case name of a function node."""
    if isinstance(node, exp.Anonymous):
        return str(node.this).lower()
    return node.sql_name().lower() if isinstance(node, exp.Func) else ""


def is_aggregate(node: exp.Expr) -> bool:
    """Whether a function summarises rows."""
    if isinstance(node, exp.AggFunc):
        return not isinstance(node, PICKS)
    if isinstance(node, (exp.Anonymous, exp.AnonymousAggFunc)):
        return str(node.this).lower() in AGGREGATES
    return False


#: Calls that sqlglot keeps by name.
UNTYPED = (exp.Anonymous, exp.AnonymousAggFunc)
_COMBINATOR = re.compile(
    r"(?:State|Merge|If|Array|Map|OrNull|OrDefault|Distinct|ForEach|Resample|SimpleState)+$"
)


def base_name(node: exp.Expr) -> str:
    """The lower-case name of an untyped call, without ClickHouse's combinators."""
    name = str(node.this)
    if isinstance(node, exp.AnonymousAggFunc):
        name = _COMBINATOR.sub("", name) or name
    return name.lower()


def is_conditional(node: exp.Expr) -> bool:
    """Whether the last argument is a condition (ClickHouse's ``sumIf(x, c)``)."""
    found = _COMBINATOR.search(str(node.this))
    return isinstance(node, exp.AnonymousAggFunc) and found is not None and "If" in found[0]
