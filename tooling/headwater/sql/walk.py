"""The state of one parse, and the fold over queries: inner first, every CTE once."""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp

from headwater.core.edges import Gap, GapReason
from headwater.core.relations import SqlContext
from headwater.sql.clauses import read_clauses, read_order
from headwater.sql.dialects import rules_for
from headwater.sql.expressions import collect
from headwater.sql.flow import Flow
from headwater.sql.flows import IDENTITY, Col, Steer, changed
from headwater.sql.masks import is_of_a_mask
from headwater.sql.names import RelationIndex, names_of
from headwater.sql.projections import read_projections
from headwater.sql.relations import NamedValue, Rel
from headwater.sql.scope import Offer, Scope
from headwater.sql.scripts import Script
from headwater.sql.setops import fold_set_operation
from headwater.sql.tables import read_from

MAX_RECURSIONS = 20
#: Dialects whose warehouses never look at a CTE that nobody reads.
LAZY = frozenset({"duckdb", "clickhouse", "sqlite"})
#: What a parenthesis in FROM can hold.
READABLE = (exp.Query, exp.Paren, exp.Values, exp.Pivot, exp.UDTF, exp.Func)


class Walk:
    """One parse: interned sources, gaps, and the dialect's rules."""

    def __init__(self, context: SqlContext, text: str, script: Script) -> None:
        self.context = context
        self.text = text
        self.rules = rules_for(context.dialect)
        self.script = script
        script.walks += 1
        self.sources = script.sources
        self.variables = script.variables
        self.strict = script.strict
        self.index = RelationIndex(context, self.sources)
        self.gaps: dict[tuple[str, str, int | None], Gap] = {}

    def spell(self, identifier: exp.Expr) -> str:
        """An identifier as the dialect stores it (unquoted names folded where it folds them)."""
        name: str = identifier.name
        if self.rules.lowers and not identifier.args.get("quoted"):
            return name.lower()
        return name

    def gap(self, reason: str, detail: str, at: exp.Expr | None = None) -> None:
        """Remember something that could not be seen."""
        meta = at._meta if at is not None else None
        line = meta.get("line") if meta else None
        gap = Gap(self.context.node, None, reason, detail, line)
        self.gaps.setdefault((reason, detail, line), gap)

    def refused(self, reason: str, detail: str, at: exp.Expr | None = None) -> None:
        """Remember what a warehouse refuses though its lineage is clear; told when asked for."""
        if self.strict:
            self.gap(reason, detail, at)

    def uses(self, cols: Iterable[Col], by_name: bool = False) -> None:
        """Note that something is done with these values, be it in vain; kept when asked for."""
        if self.strict:
            used = self.script.used
            for col in cols:
                used.update((source, by_name or used.get(source, False)) for source in col.direct)

    def missing(self, scope: Scope, name: exp.Expr, qualifier: tuple[str, ...] = ()) -> None:
        """Refuse a name that FROM offers for sure not."""
        offers = scope.starred(qualifier)
        if (
            self.strict
            and offers
            and not any(o.has_more or o.rel.find(name.name) >= 0 for o in offers)
        ):
            self.gap(GapReason.UNKNOWN_COLUMN, name.name, name)

    def unknown_relation(self, table: exp.Expr) -> None:
        """A table that the context does not know: a gap inside a project, a source outside one."""
        if self.context.external and not is_of_a_mask(table):
            self.gap(GapReason.UNKNOWN_RELATION, ".".join(names_of(table)), table.this)

    def flow(
        self,
        scope: Scope,
        expression: exp.Expr,
        effect: int = IDENTITY,
        shadow: frozenset[str] = frozenset(),
    ) -> Flow:
        """What an expression collects, names in ``shadow`` left out."""
        return collect(Flow(self, scope, shadow), expression, effect)

    def value(self, scope: Scope, expression: exp.Expr) -> Col:
        """The flows into the value of an expression."""
        return self.flow(scope, expression).col()

    def steer(self, scope: Scope, expression: exp.Expr, effect: int, rows: Steer) -> None:
        """Add what an expression does to a row set when it is used as a condition or key."""
        flow = self.flow(scope, expression, effect)
        for key, (flags, start, end) in flow.steer.items():
            if key not in rows:
                rows[key] = (flags, flow.start, flow.end) if start < 0 else (flags, start, end)

    def query(self, node: exp.Expr, scope: Scope) -> Rel:
        """Fold any query: SELECT, set operation, VALUES, a parenthesis around one.

        ``scope`` carries the CTEs and the scopes around; a SELECT fills it with its own FROM.
        """
        scope = self.with_ctes(node, scope)
        if isinstance(node, exp.Select):
            return self._select(node, scope)
        if isinstance(node, exp.SetOperation):
            rel = fold_set_operation(self, node, scope)
            return read_order(self, node, scope, rel)
        if isinstance(node, (exp.Subquery, exp.Paren)) and isinstance(
            node.this, (exp.Query, exp.Paren)
        ):
            rel = self.query(node.this, scope)
            if node.args.get("pivots"):
                return self._select(exp.select("*").from_(node), scope)
            return read_order(self, node, scope, rel)
        if isinstance(node, exp.Subquery) and not isinstance(node.this, READABLE):
            self.gap(GapReason.UNSUPPORTED_SYNTAX, f"a {node.this.key} statement as a table")
            return Rel([], [], {})
        return self._select(exp.Select(expressions=[exp.Star()], from_=exp.From(this=node)), scope)

    def _select(self, node: exp.Expr, scope: Scope) -> Rel:
        rows: Steer = {}
        read_from(self, node, scope, rows)
        for window in node.args.get("windows") or ():
            scope.windows[window.this.name.lower()] = window
        rel = read_projections(self, node, scope, rows)
        if node.args.get("for_"):  # T-SQL's ``for json``: the columns become one text
            rel.cols = [changed(c) for c in rel.cols]
        read_clauses(self, node, scope, rel)
        return rel

    def with_ctes(self, node: exp.Expr, scope: Scope) -> Scope:
        """The scope with the CTEs of ``node`` (each folded once, in order) in reach."""
        with_ = node.args.get("with_")
        if with_ is None:
            return scope
        ctes = dict(scope.ctes)
        inner = Scope(ctes, scope.parent, windows=scope.windows)
        for cte in with_.expressions:
            name = cte.alias.lower()
            if name in self.index.ephemerals:
                ctes[name] = self.index.ephemerals[name]
                continue
            if self.context.dialect == "clickhouse" and not isinstance(cte.this, exp.Query):
                ctes[name] = NamedValue(cte.this)
                continue
            outside, self.gaps = self.gaps, {}
            rel = self._cte(cte, inner, recursive=bool(with_.args.get("recursive")))
            binds = self.strict and self.context.dialect not in LAZY
            rel.gaps, self.gaps = self.gaps, outside | self.gaps if binds else outside
            ctes[name] = rel
        return inner

    def writing(self, node: exp.Expr, scope: Scope) -> Rel:
        """What ``insert/update/delete … returning …`` gives back: columns of the written table."""
        target = node.this.this if isinstance(node.this, exp.Schema) else node.this
        inner = self.with_ctes(node, scope)
        written, _ = self.index.find(target)
        rel: Rel = written
        query = node.args.get("expression")
        if isinstance(node, exp.Insert) and isinstance(query, exp.Query):
            source = self.query(query, Scope(inner.ctes))
            names = [self.spell(c) for c in getattr(node.this, "expressions", [])]
            rel = source.renamed(names or written.names[: len(source.names)])
        inner.offers.append(Offer(target.name.lower(), (), rel))
        returning = node.args.get("returning")
        if returning is None:
            return Rel([], [], rel.rows)
        return read_projections(self, returning, inner, dict(rel.rows))

    def _cte(self, cte: exp.Expr, scope: Scope, recursive: bool) -> Rel:
        body = cte.this
        alias = cte.args.get("alias")
        columns = [self.spell(c) for c in (alias.args.get("columns") or ())] if alias else []
        name = cte.alias.lower()
        operation = body.unnest() if isinstance(body, exp.Subquery) else body
        if recursive and isinstance(operation, exp.SetOperation) and _mentions(operation, name):
            return self._recursive(operation, scope, (name, columns))
        if isinstance(body, exp.DML):
            rel = self.writing(body, Scope(scope.ctes, scope.parent))
        else:
            rel = self.query(body, Scope(scope.ctes, scope.parent))
        self.takes(len(columns), rel, alias)
        return rel.renamed(columns)

    def fits(self, query: exp.Expr, rel: Rel) -> None:
        """Refuse a subquery that is compared with, or used as, another number of values."""
        around = query.parent
        compared = around.this if isinstance(around, exp.In) else None
        width = len(compared.expressions) if isinstance(compared, exp.Tuple) else 1
        first = query.find(exp.Select)
        if len(rel.names) > width and first is not None and not first.args.get("kind"):
            self.refused(GapReason.COLUMN_COUNT, f"a subquery of {len(rel.names)} columns")

    def takes(self, count: int, rel: Rel, at: exp.Expr | None) -> None:
        """Refuse a list of aliases that is longer than the relation is wide."""
        if count > len(rel.names) and not rel.is_open and rel.wild is None:
            place = at.this if at is not None else None
            self.refused(
                GapReason.COLUMN_COUNT, f"{count} aliases for {len(rel.names)} columns", place
            )

    def _recursive(self, operation: exp.Expr, scope: Scope, named: tuple[str, list[str]]) -> Rel:
        """Fold the anchor, then the whole until no new flow appears."""
        name, columns = named
        ctes = dict(scope.ctes)
        inner = Scope(ctes, scope.parent)
        rel = self.query(operation.this, self.with_ctes(operation, inner)).renamed(columns)
        size = -1
        for _ in range(MAX_RECURSIONS):
            ctes[name] = rel
            rel = self.query(operation, Scope(ctes, scope.parent)).renamed(columns)
            grown = sum(len(c.direct) + len(c.steer) for c in rel.cols) + len(rel.rows)
            if grown == size:
                break
            size = grown
        return rel


def _mentions(node: exp.Expr, name: str) -> bool:
    return any(t.name.lower() == name and not t.args.get("db") for t in node.find_all(exp.Table))
