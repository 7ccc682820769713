"""What is wrong with where personal data is: each kind of finding is one function."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from headwater.core.columns import ColumnRef, short_name
from headwater.core.project import Node
from headwater.graph.column_graph import ColumnGraph
from headwater.questions.loaded import Loaded
from headwater.questions.pii_declared import Declarations, Declared
from headwater.questions.pii_flow import BLIND, START, Flow, lost_nodes
from headwater.questions.pii_guess import guesses
from headwater.questions.pii_rules import PiiRules
from headwater.questions.pii_start import direct_sources, is_fed, roots_of
from headwater.questions.pii_words import ANY, CLASSES, LEVEL_OF, Level
from headwater.questions.policy import fits

_MADE = frozenset(("model", "snapshot"))
_HOLDS_WHAT_IT_HAS = frozenset(("source", "seed"))


@dataclass(frozen=True, slots=True)
class Found:
    """One finding. ``vertex`` with ``classes[0]`` is where the path to it ends."""

    rule: str
    node: str
    column: str | None
    message: str
    classes: tuple[str, ...] = ()
    left: Level = Level.RAW
    via: ColumnRef | None = None  #: the column through which an exposure gets it
    vertex: int = -1
    level: str = ""
    detail: str = ""
    excused: str = ""

    def __post_init__(self) -> None:
        """A finding without a level has that of its rule."""
        if not self.level:
            object.__setattr__(self, "level", LEVEL_OF[self.rule])

    @property
    def fingerprint(self) -> str:
        """The same for the same finding in every run."""
        parts = (self.rule, self.node, self.column, self.via, ",".join(self.classes), self.detail)
        return blake2b("|".join(map(str, parts)).encode(), digest_size=8).hexdigest()


def findings(
    loaded: Loaded, rules: PiiRules, declared: Declarations, flow: Flow
) -> Iterator[Found]:
    """Every finding, in no order."""
    for fault in declared.faults:
        ref = fault.ref
        yield Found(fault.rule, ref.node, ref.column, f"{_name(ref)}: {fault.message}")
    finder = _Finder(loaded, rules, declared, flow)
    for vertex in list(flow.levels):
        yield from finder.at(vertex)
    yield from finder.claims()
    yield from finder.blind()


def _name(ref: ColumnRef) -> str:
    name = short_name(ref.node)
    return name if ref.column is None else f"{name}.{ref.column}"


def _arrive(names: list[str]) -> str:
    return "arrives" if len(names) == 1 else "arrive"


def _listed(names: list[str]) -> str:
    return ", ".join(names)


class _Finder:
    def __init__(self, loaded: Loaded, rules: PiiRules, declared: Declarations, flow: Flow) -> None:
        self._nodes = loaded.project.nodes
        self._graph: ColumnGraph = loaded.graph
        self._rules, self._declared, self._flow = rules, declared, flow
        self._owners = loaded.graph.owners()
        self._lost = lost_nodes(loaded.graph)
        self._known: dict[int, Node | None] = {}
        self._origins: dict[tuple[int, str], str] = {}

    def at(self, vertex: int) -> Iterator[Found]:
        """What is wrong where some data is."""
        owner = self._owners[vertex]
        if owner not in self._known:
            self._known[owner] = self._nodes.get(self._graph.data.nodes[owner])
        node = self._known[owner]
        if node is None or node.kind in _HOLDS_WHAT_IT_HAS:
            return
        if node.kind == "exposure":
            yield from self._exposed(node, vertex)
            return
        if node.kind not in _MADE:
            return
        if vertex == self._graph.data.first[owner]:
            if node.access == "public" and not any(
                each in self._flow.levels for each in self._graph.columns_of(node.id)
            ):  # what its columns are is not known either
                yield from self._reached(
                    "public", "the public model", ColumnRef(node.id, None), vertex
                )
            return
        ref = ColumnRef(node.id, self._graph.name(vertex))
        loads = self._flow.levels[vertex]
        yield from self._columns(node, ref, vertex, loads)
        if node.access == "public":
            yield from self._reached("public", "the public model", ref, vertex)
        if node.group and not fits(self._rules.trusted_groups, (node.group,)):
            yield from self._grouped(node, ref, vertex)

    # -- columns ---------------------------------------------------------------------------------

    def _columns(
        self, node: Node, ref: ColumnRef, vertex: int, loads: dict[str, Level]
    ) -> Iterator[Found]:
        said = self._declared.columns.get(node.id, {}).get((ref.column or "").lower())
        whole = self._declared.nodes.get(node.id)
        begins = [name for name in loads if self._flow.came[vertex, name].source == START]
        arrived = {name: level for name, level in loads.items() if name not in begins}
        if said is not None:
            yield from self._too_much(ref, vertex, said, arrived)
        is_passing = node.materialized == "ephemeral" and said is None  # it is never a table
        limit = self._rules.limit("undeclared")
        missing = sorted(
            name
            for name, level in arrived.items()
            if limit is not None and level <= limit and level is not Level.UNKNOWN
            and not _is_covered(name, said, whole)
        )  # fmt: skip
        if missing and (said is None or said.is_personal) and not is_passing:
            what = f"{_listed(missing)} {_arrive(missing)} {min(arrived[n] for n in missing).word}"
            declares = f" and it declares {_listed(sorted(said.classes))}" if said else ""
            left = min(arrived[name] for name in missing)
            message = (
                f"{_name(ref)} is not declared: {what}{_from(self, vertex, missing[0])}{declares}"
            )
            yield Found("undeclared", node.id, ref.column, message, tuple(missing), left,
                        vertex=vertex)  # fmt: skip

    def _too_much(
        self, ref: ColumnRef, vertex: int, said: Declared, arrived: dict[str, Level]
    ) -> Iterator[Found]:
        """More arrives than was declared."""
        if said.is_personal and not said.has_level:
            return
        most = said.level if said.is_personal else Level.PARTIAL
        worse = sorted(
            n for n, level in arrived.items() if level < most and level is not Level.UNKNOWN
        )
        if worse:
            left = min(arrived[name] for name in worse)
            declared = said.level.word if said.is_personal else "free of personal data"
            arrives = f"{_listed(worse)} {_arrive(worse)} {left.word}"
            message = f"{_name(ref)} is declared {declared}, and {arrives}"
            message += _from(self, vertex, worse[0])
            yield Found("not-masked", ref.node, ref.column, message, tuple(worse), left,
                        vertex=vertex)  # fmt: skip

    def origin(self, vertex: int, name: str) -> str:
        """The column where a load began, as people call it."""
        way: list[int] = []
        while (vertex, name) not in self._origins:
            way.append(vertex)
            self._origins[vertex, name] = _name(self._graph.ref(vertex))  # ends a circle, too
            came = self._flow.came.get((vertex, name))
            if came is None or came.source == START:
                break
            vertex = came.source
        found = self._origins[vertex, name]
        self._origins.update(((each, name), found) for each in way)
        return found

    # -- places ----------------------------------------------------------------------------------

    def _exposed(self, node: Node, vertex: int) -> Iterator[Found]:
        """One finding for each column through which an exposure gets personal data."""
        limit = self._rules.limit("exposures")
        if limit is None:
            return
        for _, source in self._graph.upstream(vertex):
            loads = self._flow.levels.get(source, {})
            if self._graph.is_rows(source) and self._has_loaded_columns(source):
                continue
            names = sorted(
                name for name, level in loads.items() if level <= max(limit, Level.UNKNOWN)
            )
            if not names:
                continue
            ref = self._graph.ref(source)
            place = (node.id, f"the exposure {short_name(node.id)}")
            yield self._reach("exposed", (ref, source), names, place)

    def _has_loaded_columns(self, rows: int) -> bool:
        columns = self._graph.columns_of(self._graph.node_of(rows))
        return any(column in self._flow.levels for column in columns)

    def _reached(self, rule: str, what: str, ref: ColumnRef, vertex: int) -> Iterator[Found]:
        limit = self._rules.limit(rule if rule == "public" else "groups")
        loads = self._flow.levels[vertex]
        names = sorted(
            n
            for n, level in loads.items()
            if limit is not None and level <= max(limit, Level.UNKNOWN)
        )
        if names:
            yield self._reach(
                rule, (ref, vertex), names, (ref.node, f"{what} {short_name(ref.node)}")
            )

    def _reach(
        self, rule: str, column: tuple[ColumnRef, int], names: list[str], place: tuple[str, str]
    ) -> Found:
        """Data of these classes stands in a column, and so in a node that should not have it."""
        (ref, vertex), (node, what) = column, place
        loads = self._flow.levels[vertex]
        known = [name for name in names if loads[name] is not Level.UNKNOWN]
        shown = known or names
        left = min(loads[name] for name in shown)
        said = _listed(shown) + (" may reach" if not known else f" ({left.word}) reaches")
        inside = f" in {ref.column}" if ref.column is not None else ""
        through = f" through {_name(ref)}" if node != ref.node else inside
        message = f"{said} {what}{through}{_from(self, vertex, shown[0])}"
        via = ref if node != ref.node else None
        return Found(
            rule if known else "unknown",
            node,
            None if via is not None else ref.column,
            message,
            tuple(shown),
            left,
            via,
            vertex,
            detail=rule,
        )

    def _grouped(self, node: Node, ref: ColumnRef, vertex: int) -> Iterator[Found]:
        """Data that comes from a node outside of the group."""
        for source in direct_sources(self._graph, vertex):
            above = self._nodes.get(self._graph.data.nodes[self._owners[source]])
            shared = self._flow.levels.get(source, {}).keys() & self._flow.levels[vertex].keys()
            if shared and (above is None or above.group != node.group):
                yield from self._reached("group", f"the group {node.group}:", ref, vertex)
                return

    # -- claims ----------------------------------------------------------------------------------

    def claims(self) -> Iterator[Found]:
        """Declared columns that hold less than they say; and where late declarations belong."""
        for node_id, columns in self._declared.columns.items():
            node = self._nodes[node_id]
            if node.kind not in _MADE or node_id in self._lost or node_id not in self._graph:
                continue
            for name, said in columns.items():
                vertex = self._graph.find(ColumnRef(node_id, name))
                if vertex is not None and said.is_personal:
                    yield from self._claim(vertex, said)

    def _claim(self, vertex: int, said: Declared) -> Iterator[Found]:
        ref, loads = self._graph.ref(vertex), self._flow.levels.get(vertex, {})
        arrived = {n: level for n, level in loads.items()
                   if self._flow.came[vertex, n].source != START}  # fmt: skip
        classes = _listed(sorted(said.classes))
        if self._graph.flags(vertex).value & 6 or Level.UNKNOWN in arrived.values():
            return  # it cannot be seen whether it arrives
        fitting = [level for n, level in arrived.items() if said.covers(n)]
        if fitting:
            if said.has_level and said.level < min(fitting):
                arrives = f"{classes} arrives {min(fitting).word}"
                message = f"{_name(ref)} is declared {said.level.word}, and {arrives}"
                yield Found("over-declared", ref.node, ref.column, message)
            return
        if loads and not arrived and is_fed(self._graph, vertex):
            late = [*self._late(vertex, said)]
            if late:
                yield from late
                return
        if self._flow.emptied.get(vertex):
            return  # an exception says that nothing is left of it
        why = "only counted" if vertex in self._flow.emptied else "nothing of it arrives"
        yield Found("over-declared", ref.node, ref.column,
                    f"{_name(ref)} declares {classes}, and {why}")  # fmt: skip

    def _late(self, vertex: int, said: Declared) -> Iterator[Found]:
        """The columns that a declaration should have stood at, when they look like it."""
        roots = roots_of(self._graph, vertex)
        refs = [self._graph.ref(root) for root in roots]
        generic = not said.classes & (CLASSES.keys() - {ANY})
        known = any(ref.node in self._declared.columns for ref in refs)
        for root, ref in zip(roots, refs, strict=True):
            node = self._nodes.get(ref.node)
            names = [ref.column or "", self._graph.ref(vertex).column or ""]
            guessed = {guess for name in names for guess in guesses(name)}
            looks = bool(guessed & said.classes) or (generic and (not known or bool(guessed)))
            if not looks or node is None or ref.column is None or root == vertex:
                continue
            own = self._declared.columns.get(ref.node, {}).get(ref.column.lower())
            if own is not None and not own.is_personal:
                continue
            classes = tuple(sorted(said.classes))
            message = (
                f"{_name(ref)} is not declared, and feeds {_name(self._graph.ref(vertex))}, "
                f"which declares {_listed(list(classes))}"
            )
            yield Found("undeclared", ref.node, ref.column, message, classes, said.level,
                        level="note")  # fmt: skip

    # -- what cannot be seen ---------------------------------------------------------------------

    def blind(self) -> Iterator[Found]:
        """One finding for each node, or column, that hides what becomes of personal data."""
        met: dict[tuple[str, str | None], set[str]] = {}
        sources: dict[tuple[str, str | None], int] = {}
        for (vertex, name), came in self._flow.came.items():
            if came.edge != BLIND:
                continue
            ref = self._graph.ref(vertex)
            key = (ref.node, None if ref.node in self._lost or ref.column is None else ref.column)
            met.setdefault(key, set()).add(name)
            sources.setdefault(key, came.source)
        for (node, column), names in met.items():
            why = self._lost.get(node, "its sources cannot be seen").replace("_", " ")
            ref, source = ColumnRef(node, column), self._graph.ref(sources[node, column])
            message = (
                f"{_listed(sorted(names))} enters {_name(ref)} (from {_name(source)}), "
                f"and what comes out cannot be seen: {why}"
            )
            yield Found("unknown", node, column, message, tuple(sorted(names)), Level.UNKNOWN,
                        level="warning")  # fmt: skip


def _is_covered(name: str, said: Declared | None, whole: Declared | None) -> bool:
    return any(each is not None and each.covers(name) for each in (said, whole))


def _from(finder: _Finder, vertex: int, name: str) -> str:
    origin = finder.origin(vertex, name)
    return f" from {origin}" if origin != _name(finder._graph.ref(vertex)) else ""
