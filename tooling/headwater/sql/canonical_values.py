"""Expressions -> canonical terms.

What is made alike: parentheses, aliases, ``a = b`` and ``b = a``, ``a > b`` and ``b < a``, ``<>``
and ``not =``, the order of conjuncts and of IN lists, BETWEEN and its two comparisons, simple and
searched CASE, a missing ELSE, ``::`` and CAST, ``count(*)`` and ``count(1)``, named windows. What
is not: the order of CASE branches and COALESCE arguments, anything that only holds for numbers,
and two calls of a function that gives another value each time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.core.edges import Span
from headwater.sql.canonical_operators import HANDLERS, bare_node, plain_aggregate
from headwater.sql.canonical_scope import Frame, Unseen, column_key
from headwater.sql.functions import function_name, is_aggregate
from headwater.sql.references import NILADIC
from headwater.sql.terms import NOWHERE, Term, closing, conjuncts, filtered, label_term, term

if TYPE_CHECKING:
    from headwater.sql.canonical_queries import Canon

VOLATILE = frozenset(
    """clock_timestamp gen_random_uuid generate_uuid generateuuidv4 newid newsequentialid nextval
    normal rand rand32 rand64 randn random randomblob randstr seq1 seq2 seq4 seq8 setseed timeofday
    uniform uuid uuid_generate_v4 uuid_string zipf""".split()
)
#: Aggregates and windows whose value depends on the order in which rows come.
_ORDERED = frozenset(
    """any_value arg_max arg_min array_agg array_concat_agg array_unique_agg collect_list first
    first_value group_concat grouparray json_agg json_object_agg jsonb_agg jsonb_object_agg lag last
    last_value lead list listagg nth_value ntile object_agg row_number string_agg stringagg
    xmlagg""".split()
)
#: Windows that take no heed of a frame.
_FRAMELESS = frozenset("row_number rank dense_rank percent_rank cume_dist ntile lag lead".split())
_FIRST, _HERE = term("bound unbounded preceding"), term("bound current row")
_DEFAULT_FRAME = term("frame range", _FIRST, _HERE)
_WHOLE_FRAME = term("frame range", _FIRST, term("bound unbounded following"))
_WHOLE_ROWS = term("frame rows", _FIRST, term("bound unbounded following"))
#: A select list's alias is looked for only after the columns of FROM.
_COLUMN_FIRST = frozenset(
    "postgres redshift materialize risingwave duckdb snowflake spark databricks tsql".split()
)
_SKIPPED = frozenset({"comments", "big_int", "is_nvl", "is_null"})
_TEXT_LIMIT = 90


class Values:
    """Converts the expressions of one SELECT."""

    def __init__(self, canon: Canon, frame: Frame) -> None:
        self.canon = canon
        self.frame = frame
        self.dialect = canon.context.dialect
        self.aliases_count = canon.rules.aliases
        self.in_group = False

    def located(self, node: exp.Expr) -> Term:
        """The term, knowing where it stands and how it reads."""
        elsewhere = self.canon.around is not None  # in the SQL of another node
        return self.of(node).located(NOWHERE if elsewhere else span_of(node), self.text(node))

    def text(self, node: exp.Expr) -> str:
        """How an expression reads, on one line and not too long."""
        inner = node.this if isinstance(node, exp.Alias) else node
        text = " ".join(inner.sql(dialect=self.dialect or None, comments=False).split())
        return text if len(text) <= _TEXT_LIMIT else text[: _TEXT_LIMIT - 2] + " …"

    def conditions(self, node: exp.Expr) -> list[Term]:
        """The conditions of an AND, each located."""
        node = bare_node(node)
        if isinstance(node, exp.And):
            found: list[Term] = []
            stack = [node.expression, node.this]
            while stack:
                part = bare_node(stack.pop())
                if isinstance(part, exp.And):
                    stack += [part.expression, part.this]
                else:
                    found += self.conditions(part)
            return found
        if isinstance(node, exp.In) and node.args.get("query") is not None:
            return [self._contained(node).located(span_of(node), self.text(node))]
        whole = self.located(node)
        return [each.located(whole.span, each.text or whole.text) for each in conjuncts(whole)]

    def _contained(self, node: exp.In) -> Term:
        """``a in (select b …)`` as a condition: that there is a row with ``b = a``."""
        query = node.args["query"]
        inner = query.this if isinstance(query, exp.Subquery) else query
        block = self.canon.query(inner, self.frame.ctes, self.frame, self.frame.depth + 1)
        if len(block.values) != 1 or block.opens:
            return self.of(node)
        return self._exists(filtered(block.rows, [term("eq", self.of(node.this), block.values[0])]))

    def _exists(self, *needs: Term) -> Term:
        inner = Frame({}, None, self.frame.depth + 1)
        return term("exists 1", *closing(inner.own(needs), *needs))

    def of(self, node: exp.Expr) -> Term:
        """The term of an expression."""
        handler = HANDLERS.get(type(node))
        if handler is not None:
            return handler(self, node)
        if isinstance(node, (exp.Filter, exp.WithinGroup, exp.IgnoreNulls, exp.RespectNulls)):
            is_summary = is_aggregate(_called(node))
            return self.summary(plain_aggregate(node)) if is_summary else self.parts(node)
        if is_aggregate(node):
            return self.summary(plain_aggregate(node))
        if function_name(node) in VOLATILE or type(node).__name__.lower() in VOLATILE:
            return self.volatile(node)
        if isinstance(node, exp.Query):
            return self.query(node)
        return self.parts(node)

    def parts(self, node: exp.Expr) -> Term:
        """Any other operator: its name and everything in it."""
        name = type(node).__name__
        if isinstance(node, (exp.Anonymous, exp.AnonymousAggFunc)):
            name = f"call {str(node.this).lower()}"
        words, found = [name], []
        for key in sorted(node.args):
            value = node.args[key]
            if value is None or value is False or value == [] or key in _SKIPPED:
                continue
            if isinstance(value, exp.Expr):
                words.append(key)
                found.append(self.of(value))
            elif isinstance(value, list):
                inner = [self.of(v) if isinstance(v, exp.Expr) else term(f"{v}") for v in value]
                words.append(f"{key}*{len(inner)}")
                found += inner
            elif key != "this" or not name.startswith("call "):
                words.append(f"{key}={value}")
        return term(" ".join(words), *found)

    def summary(self, node: exp.Expr) -> Term:
        """An aggregate over the rows of this SELECT: its value moves when they do."""
        if self.frame.group is None or self.in_group:
            return self.parts(node)
        self.in_group = True
        inner = self.parts(node)
        self.in_group = False
        rows, keys = self.frame.group
        needs = [inner, rows, *keys]
        if function_name(_called(node)) in _ORDERED and not list(node.find_all(exp.Order)):
            needs.append(self.frame.order or term("unordered"))
        found = closing(self.frame.own(needs), *needs)
        pairs = sorted(zip(found[2 : 2 + len(keys)], keys, strict=True), key=lambda p: p[0].key)
        return term(
            "summary", found[0], found[1], term("by", *[p[0] for p in pairs]),
            term("of", *[p[1] for p in pairs]), *found[2 + len(keys) :],
        )  # fmt: skip

    def volatile(self, node: exp.Expr) -> Term:
        """A call that gives another value each time: equal to itself only."""
        inner = self.parts(node)
        count = self.canon.volatile.get(inner.key, 0)
        self.canon.volatile[inner.key] = count + 1
        return term(f"volatile {count}", inner)

    def query(self, node: exp.Expr, what: str = "query") -> Term:
        """A subquery as a value: bound, but for what it uses of the scopes around it."""
        block = self.canon.query(node, self.frame.ctes, self.frame, self.frame.depth + 1)
        needs = [block.rows, *([] if what == "exists" else block.everything())]
        needs += [block.order] if block.order is not None and what != "exists" else []  # array(…)
        inner = Frame({}, None, self.frame.depth + 1)
        return term(f"{what} {len(needs)}", *closing(inner.own(needs), *needs))

    def window(self, node: exp.Window) -> Term:
        """A window: the function, its partition, order and frame, and the rows it is over."""
        spec = self._specification(node)
        partition = [self.of(p) for s in spec for p in s.args.get("partition_by") or ()]
        orders = [o for s in spec if s.args.get("order") for o in s.args["order"].expressions]
        frames = [self._frame(s.args["spec"]) for s in spec if s.args.get("spec") is not None]
        name = function_name(_called(node.this))
        usual = (_DEFAULT_FRAME,) if orders else (_WHOLE_FRAME, _WHOLE_ROWS, _DEFAULT_FRAME)
        if name in _FRAMELESS or (len(frames) == 1 and frames[0] in usual):
            frames = []
        function = self._windowed(node.this)
        rows = [self.frame.rows]
        if not orders and name in _ORDERED:
            rows.append(self.frame.order or term("unordered"))
        labels = sorted(self.frame.own(rows))
        over = closing(labels, *rows)
        return term(
            "window", function, term("keys", *partition),
            term("sorted", *[self.ordered(o) for o in orders]), term("frame", *frames),
            term("over", *over, *[term("col:*", label_term(label)) for label in labels]),
        )  # fmt: skip

    def _specification(self, node: exp.Window) -> list[exp.Expr]:
        """The window, and the named ones it is made of."""
        found: list[exp.Expr] = [node]
        named = node.args.get("alias") if node.args.get("over") else None
        while named is not None:
            base = self.frame.windows.get(named.name.lower())
            if base is None or base in found:
                break
            found.append(base)
            named = base.args.get("alias")
        return found

    def _frame(self, node: exp.Expr) -> Term:
        """A window's frame; without an end it ends at the current row."""
        ends = [self._bound(node, side) for side in ("start", "end")]
        kind = str(node.args.get("kind") or "").lower()
        exclude = node.args.get("exclude")
        more = [self.of(exclude) if isinstance(exclude, exp.Expr) else term(str(exclude))]
        return term(f"frame {kind}", *ends, *(more if exclude else []))

    def _bound(self, node: exp.Expr, side: str) -> Term:
        bound = node.args.get(side)
        word = str(node.args.get(f"{side}_side") or "").lower()
        if isinstance(bound, exp.Expr):
            return term(f"bound {word}", self.of(bound))
        return term(f"bound {str(bound or 'current row').lower()} {word}".strip())

    def _windowed(self, node: exp.Expr) -> Term:
        """The function of a window: no aggregate of this SELECT, though its arguments may be."""
        node = plain_aggregate(node)
        words = [type(node).__name__]
        if isinstance(node, (exp.Filter, exp.IgnoreNulls, exp.RespectNulls, exp.WithinGroup)):
            found = [self._windowed(node.this)]
            rest = node.args.get("expression")
            found += [self.of(rest)] if isinstance(rest, exp.Expr) else []
            return term(words[0], *found)
        return self.parts(node)

    def ordered(self, node: exp.Expr) -> Term:
        """One sort key."""
        if node.args.get("with_fill"):
            raise Unseen("ORDER BY with fill")
        if not isinstance(node, exp.Ordered):
            return term("asc", self.of(node))
        nulls = "first" if node.args.get("nulls_first") else "last"
        return term(f"{'desc' if node.args.get('desc') else 'asc'} {nulls}", self.of(node.this))

    def column(self, node: exp.Column) -> Term:
        """A column reference, resolved."""
        name = node.args["this"]
        if isinstance(name, exp.Star):
            return self.whole(_qualifier(node))
        if not isinstance(name, exp.Identifier):
            return self.parts(node)
        key = self.key(name)
        parts = [node.args.get(k) for k in ("catalog", "db", "table")]
        owners = [p for p in parts if p is not None]
        if owners:
            return self._qualified([*owners, name])
        found = self.frame.shadow.get(key)
        return found if found is not None else self.bare(key)

    def key(self, name: exp.Expr) -> str:
        """The name of a column as `column_key` has it."""
        return column_key(name.name, bool(name.args.get("quoted")), self.dialect)

    def bare(self, key: str) -> Term:
        """A name without qualifier: a column of FROM, an alias, a column of a scope around."""
        frame: Frame | None = self.frame
        listed = self.frame.listed(key)
        alias = self.alias(key) if self.aliases_count else None
        if listed is not None:
            return (
                listed if alias is None or self._column_first() else term("either", listed, alias)
            )
        found = [each for each in (self.frame.unlisted(key), alias) if each is not None]
        outer = None
        while frame is not None and outer is None:
            frame = frame.parent
            outer = frame.listed(key) if frame is not None else None
        if outer is not None and alias is None:
            found.append(outer)
        frame = self.frame.parent
        while not found and frame is not None:
            found = [each for each in (frame.unlisted(key),) if each is not None]
            frame = frame.parent
        if len(found) == 1:
            return found[0]
        if found:
            return term("either", *found)
        item = self.frame.row(key)
        if item is not None:
            return term("row", *item.block.everything())
        return self._unresolved(key)

    def _unresolved(self, key: str) -> Term:
        """ClickHouse's ``with (select …) as name``; else a name that could mean anything here."""
        cte = self.frame.ctes.get(key)
        needs: list[Term] = []
        if cte is not None:
            needs = [cte.rows, *cte.everything()]
        elif key not in NILADIC:
            needs = [v for item in self.frame.items for v in item.block.everything()]
        return term(f"name {key}", *(closing(cte.labels, *needs) if cte is not None else needs))

    def _column_first(self) -> bool:
        return self.dialect in _COLUMN_FIRST

    def alias(self, key: str) -> Term | None:
        """The value of an alias of this select list."""
        node = self.frame.aliases.get(key)
        if node is None or key in self.frame.busy:
            return None
        self.frame.busy.add(key)
        try:
            return self.of(node)
        finally:
            self.frame.busy.discard(key)

    def _qualified(self, parts: list[exp.Expr]) -> Term:
        """``a.b.c``: the longest qualifier that names a source wins; the rest are fields."""
        names = [p.name.lower() for p in parts]
        if names[0] in self.frame.shadow:
            return _fields(self.frame.shadow[names[0]], names[1:])
        for split in range(len(parts) - 1, 0, -1):
            found = self.frame.qualified(tuple(names[:split]), self.key(parts[split]))
            if found is not None:
                return _fields(found, names[split + 1 :])
        return _fields(self.bare(self.key(parts[0])), names[1:])

    def whole(self, qualifier: tuple[str, ...] = ()) -> Term:
        """Every column of FROM, or of one item."""
        values = [value for _, _, value, _ in self.frame.star(qualifier)]
        return term("row", *values, *[o.everything() for o in self.frame.star_opens(qualifier)])


def span_of(node: exp.Expr) -> Span:
    """From the first name in an expression to the last."""
    start, end = -1, -1
    for each in node.walk():
        meta = each._meta
        if meta and meta.get("start") is not None:
            start = meta["start"] if start < 0 else min(start, meta["start"])
            end = max(end, meta["end"] + 1)
    return Span(start, end)


def _qualifier(node: exp.Column) -> tuple[str, ...]:
    parts = [node.args.get(k) for k in ("catalog", "db", "table")]
    return tuple(p.name.lower() for p in parts if p is not None)


def _fields(value: Term, names: list[str]) -> Term:
    for name in names:
        value = term(f"field:{name}", value)
    return value


def _called(node: exp.Expr) -> exp.Expr:
    while isinstance(node, (exp.Filter, exp.WithinGroup, exp.IgnoreNulls, exp.RespectNulls)):
        node = node.this
    return node
