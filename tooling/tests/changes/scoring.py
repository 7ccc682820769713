"""What the tool says about a pair, held against the truth, place by place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from headwater.changes.propagation import Propagation
from headwater.core.changes import Axis, Change, ChangeKind, Verdict

from .execution import references, short
from .manifests import node_id
from .pair_files import Pair
from .truth import Said, changes, felt, name_of, semantic

_VERDICTS = {verdict.words.split(" ")[0]: verdict for verdict in Verdict}
#: How much a change of the data at its origin matters, the worst last.
_DATA = ("none", "row order", "value", "rows", "unknown")


_OWN_EDIT = (Verdict.SHAPE, Verdict.UNKNOWN, Verdict.BREAKS)


class Mark(StrEnum):
    """How one answer about one place compares with the truth."""

    RIGHT = "right"
    DANGER = "danger"  #: shown safer than it is
    OVER = "over-warned"  #: shown worse than it is
    VAGUE = "unknown"  #: something does change, and it says that it cannot tell what is felt here


@dataclass(frozen=True, slots=True)
class Judged:
    """One place, what is true of it, and what was said."""

    pair: str
    kind: str
    place: str
    true: str
    said: str
    mark: Mark


@dataclass
class Answer:
    """What a tool said about a pair: words of `Verdict` and `ChangeKind` by place.

    Places are ``node`` or ``node.column`` in lower case, as truth lines name them.
    """

    felt: dict[str, set[str]] = field(default_factory=dict)
    changed: dict[str, set[str]] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)


def names_of(pair: Pair) -> dict[str, str]:
    """Unique id -> the name that truth lines use."""
    found = {}
    for side in ("base", "head"):
        for (kind, name), part in pair.side(side).items():
            if kind not in ("declared", "macro", "raw"):
                found[node_id(kind, name, part.words)] = name_of(kind, name)
            if kind == "metric":
                found[semantic(part).replace(".", ".shop.")] = semantic(part)
    return found


def answer_of(pair: Pair, made: tuple[Change, ...], spread: Propagation) -> Answer:
    """The tool's changes and hits as an `Answer`."""
    names, answer = names_of(pair), Answer()
    for change in made:
        place = _place(names[change.place.node], change.place.column)
        answer.changed.setdefault(place, set()).add(change.kind.value)
        if change.kind is ChangeKind.RENAMED and change.place.column is not None:
            new = _place(names[change.place.node], change.other)
            answer.changed.setdefault(new, set()).add(ChangeKind.ADDED.value)
    for hit in spread.hits:
        place = _place(names[hit.place.node], hit.place.column)
        answer.felt.setdefault(place, set()).add(hit.verdict.words.split(" ")[0])
    answer.blocked = {names[node] for node in spread.blocked}
    return answer


def _place(node: str, column: str | None) -> str:
    return node if column is None else f"{node}.{column.lower()}"


def judge(pair: Pair, answer: Answer) -> list[Judged]:
    """Every place of which something is true, or was said."""
    return [*_judge_origins(pair, answer), *_judge_felt(pair, answer)]


# -- downstream ----------------------------------------------------------------------------------


def _judge_felt(pair: Pair, answer: Answer) -> Iterator[Judged]:
    lines = felt(pair)
    skipped = below_broken(pair, {s.node for s in lines if s.word == "breaks" and not s.column})
    origins = {s.node for s in changes(pair)}
    lines += [s for s in changes(pair) if s.word in ("rows", "grain", "value")]
    nodes = {s.node for s in lines} | {_owner(pair, place) for place in answer.felt}
    for node in sorted(nodes - skipped):
        true = _Verdicts([s for s in lines if s.node == node])
        here = {p: w for p, w in answer.felt.items() if _owner(pair, p) == node}
        for place, words in answer.changed.items():  # what it says of the edit, it need not repeat
            if _owner(pair, place) == node:
                own = words & {"rows", "grain", "value", "unknown"}
                here[place] = here.get(place, set()) | own
        told = _Verdicts([Said(node, p[len(node) + 1 :], w) for p, ws in here.items() for w in ws])
        if node not in origins:
            yield _felt(pair, node, true.worst(), told.worst(), true.is_open())
        for column in sorted(true.columns() | told.columns()):
            if node in origins and column not in told.columns():
                continue  # its own edit, which is judged as such
            if node in origins and told.at(column) in _OWN_EDIT:
                continue  # the column that its own edit makes, takes away, hides or forbids
            is_open = true.is_open(column)
            yield _felt(pair, f"{node}.{column}", true.at(column), told.at(column), is_open)


def _felt(pair: Pair, place: str, true: Verdict, told: Verdict, is_open: bool) -> Judged:
    mark = Mark.RIGHT
    if told is Verdict.UNKNOWN and told is not true and _is_real(pair):
        mark = Mark.VAGUE
    elif told < true:
        mark = Mark.DANGER
    elif told > true and not is_open:
        mark = Mark.OVER
    return Judged(pair.id, pair.kind, place, true.words, told.words, mark)


def _is_real(pair: Pair) -> bool:
    """Whether anything at all changes in the pair."""
    return any(line.word != "none" and not line.may for line in changes(pair))


class _Verdicts:
    """The lines about one node."""

    def __init__(self, lines: list[Said]) -> None:
        self._sure = [line for line in lines if not line.may]
        self._open = {line.column for line in lines if line.may}

    def worst(self) -> Verdict:
        """Of the node and all of its columns."""
        return max((_verdict(line) for line in self._sure), default=Verdict.UNTOUCHED)

    def at(self, column: str) -> Verdict:
        """Of a column: other rows, and a failing node, are felt by all of its columns."""
        here = [line for line in self._sure if line.column in ("", column)]
        return max((_verdict(line) for line in here), default=Verdict.UNTOUCHED)

    def columns(self) -> set[str]:
        """The columns that a line names."""
        return {line.column for line in self._sure if line.column}

    def is_open(self, column: str | None = None) -> bool:
        """Whether more may be said of the column, or (None) of anything in the node."""
        return bool(self._open) if column is None else bool(self._open & {"", column})


def _verdict(line: Said) -> Verdict:
    return Verdict.ROWS if line.word == "grain" else _VERDICTS[line.word]


def _owner(pair: Pair, place: str) -> str:
    names = set(names_of(pair).values())
    return place if place in names else place.rpartition(".")[0]


def below_broken(pair: Pair, broken: set[str]) -> set[str]:
    """The nodes below one that fails: dbt does not build them."""
    parts = {name_of(kind, name): part for (kind, name), part in pair.side("head").items()
             if kind in ("model", "test", "snapshot", "exposure")}  # fmt: skip
    found: set[str] = set()
    while True:
        bad = {short(name) for name in broken | found}
        more = {name for name, part in parts.items()
                if (references(part) | set(part.words.split()[2:])) & bad} - found  # fmt: skip
        if not more:
            return found - broken
        found |= more


# -- at the origin -------------------------------------------------------------------------------


def _judge_origins(pair: Pair, answer: Answer) -> Iterator[Judged]:
    lines = changes(pair)
    nodes = {s.node for s in lines} | {_owner(pair, place) for place in answer.changed}
    for node in sorted(nodes):
        mine = [s for s in lines if s.node == node]
        said = {p: w for p, w in answer.changed.items() if _owner(pair, p) == node}
        yield _data(pair, node, mine, said)
        yield from _names(pair, node, mine, answer)


def _data(pair: Pair, node: str, lines: list[Said], said: dict[str, set[str]]) -> Judged:
    """The data axis of the node as a whole."""
    true = _worst(line.word for line in lines if not line.may)
    told = _worst(word for words in said.values() for word in words)
    is_open = any(line.may or line.word == "type" for line in lines)
    mark = Mark.RIGHT
    if _DATA.index(told) < _DATA.index(true):
        mark = Mark.DANGER
    elif told == "unknown" and true not in ("none", "unknown"):
        mark = Mark.VAGUE
    elif _DATA.index(told) > _DATA.index(true) and not is_open:
        mark = Mark.OVER
    return Judged(pair.id, pair.kind, f"{node} (data)", true, told, mark)


def _worst(words: Iterator[str]) -> str:
    known = ["rows" if word == "grain" else word for word in words]
    return max((w for w in known if w in _DATA), key=_DATA.index, default="none")


def _names(pair: Pair, node: str, lines: list[Said], answer: Answer) -> Iterator[Judged]:
    """Contract, place by place, and deployment, for the node as a whole."""
    here = {p: w for p, w in answer.changed.items() if _owner(pair, p) == node}
    true: dict[str, set[str]] = {}
    for line in lines:
        if not line.may and _is_on(line.word, Axis.CONTRACT):
            true.setdefault(_place(node, line.column or None), set()).add(line.word)
    may = {(_place(node, line.column or None), line.word) for line in lines if line.may}
    renamed = {_place(node, s.to) for s in lines if s.word == "renamed" and s.to}
    for place in sorted({*true, *here}):
        said = here.get(place, set())
        want = true.get(place, set())
        have = {w for w in said if _is_on(w, Axis.CONTRACT) and (place, w) not in may}
        if "renamed" in want | have and want | have <= {"renamed", "removed"}:
            want = have = want or have  # a rename may be told as a removal and an addition
        if "type" in want and said & {"value", "unknown"}:
            have.add("type")  # said in stronger words; not every type can be known
        have -= {"nullability"} - want
        have -= {"added"} if place in renamed else set()
        yield from _compared(pair, place, want, have)
    want = {s.word for s in lines if not s.may and _is_on(s.word, Axis.DEPLOY)}
    have = {w for words in here.values() for w in words if _is_on(w, Axis.DEPLOY)}
    have -= {s.word for s in lines if s.may} - want
    if any("breaks" in w for p, w in answer.felt.items() if _owner(pair, p) == node):
        have |= want & {"run fails"}
    yield from _compared(pair, f"{node} (deploy)", want, have)


def _compared(pair: Pair, place: str, want: set[str], have: set[str]) -> Iterator[Judged]:
    if want or have:
        mark = Mark.DANGER if want - have else Mark.OVER if have - want else Mark.RIGHT
        yield Judged(pair.id, pair.kind, place, _told(want), _told(have), mark)


def _told(words: set[str]) -> str:
    return ", ".join(sorted(words)) or "none"


def _is_on(word: str, axis: Axis) -> bool:
    return word != "none" and ChangeKind(word).axis is axis


# -- all of it -----------------------------------------------------------------------------------


def table(judged: list[Judged]) -> str:
    """By kind of change: pairs, places judged, dangerous errors, over-warnings."""
    lines = ["| kind | pairs | places | shown safer than it is | over-warned | unknown |",
             "|---|--:|--:|--:|--:|--:|"]  # fmt: skip
    kinds = [*sorted({each.kind for each in judged}), ""]
    for kind in kinds:
        here = [each for each in judged if kind in (each.kind, "")]
        pairs = len({each.pair for each in here})
        count = {mark: sum(each.mark is mark for each in here) for mark in Mark}
        name = kind or "**all**"
        lines.append(f"| {name} | {pairs} | {len(here)} | {count[Mark.DANGER]} "
                     f"| {count[Mark.OVER]} | {count[Mark.VAGUE]} |")  # fmt: skip
    return "\n".join(lines)
