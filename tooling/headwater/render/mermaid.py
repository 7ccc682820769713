"""A flowchart of the answer's subgraph, as GitHub, GitLab and most wikis draw it."""

from __future__ import annotations

from collections.abc import Iterator

from headwater.core.columns import short_name
from headwater.core.report import GraphNode, Report
from headwater.render.options import RenderOptions

#: What Mermaid draws unless its host was told otherwise (`maxEdges`, `maxTextSize`).
MOST_EDGES = 500
MOST_CHARACTERS = 50_000

_SHAPES = {
    "source": ("[(", ")]"),
    "seed": ("[(", ")]"),
    "exposure": ("([", "])"),
    "test": ("{{", "}}"),
}
# Mermaid's own escapes: backslashes mean nothing to it, and `#` begins an escape.
_ESCAPES = str.maketrans(
    {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "&": "#amp;", "`": "#96;", "\r": None}
    | {"\n": " ", "\t": " "}
)


def render(report: Report, options: RenderOptions) -> str:
    """A ``flowchart LR``: solid arrows are direct, dotted ones indirect, frames are nodes.

    *Shape*: boxes are named ``n1``, ``n2`` … in order of group and id, arrows are sorted: the same
    answer gives the same text, in whatever order it was found.
    """
    nodes = sorted(report.graph.nodes, key=lambda node: (node.group, node.id))
    names = {node.id: f"n{number}" for number, node in enumerate(nodes, 1)}
    body = list(_boxes(nodes, names)) or [f'  n1["{_label(report.title)}"]']
    body += _arrows(report, names)
    return "\n".join([*_comments(report, body), "flowchart LR", *body]) + "\n"


def _boxes(nodes: list[GraphNode], names: dict[str, str]) -> Iterator[str]:
    group, frames = "", 0
    for node in nodes:
        if node.group != group:
            if group:
                yield "  end"
            group, frames = node.group, frames + 1
            yield f'  subgraph g{frames}["{_label(short_name(group))}"]'
        opening, closing = _SHAPES.get(node.kind, ("[", "]"))
        indent = "    " if group else "  "
        yield f'{indent}{names[node.id]}{opening}"{_label(node.label)}"{closing}'
    if group:
        yield "  end"


def _arrows(report: Report, names: dict[str, str]) -> list[str]:
    drawn = set()
    for edge in report.graph.edges:
        ends = names[edge.source], names[edge.target]
        drawn.add((int(ends[0][1:]), int(ends[1][1:]), not edge.direct, edge.label, *ends))
    return [
        f"  {source} {'-.->' if dotted else '-->'}{_words(label)} {target}"
        for _, _, dotted, label, source, target in sorted(drawn)
    ]


def _words(label: str) -> str:
    return f'|"{_label(label)}"|' if label else ""


def _label(text: str) -> str:
    # An empty label is a syntax error.
    return text.translate(_ESCAPES).strip() or " "


def _comments(report: Report, body: list[str]) -> list[str]:
    """What a reader of the text should know; viewers skip these lines."""
    lines = [report.title, report.coverage] if report.coverage else [report.title]
    too_large = len(report.graph.edges) > MOST_EDGES or sum(map(len, body)) > MOST_CHARACTERS
    if too_large:
        lines.append(
            f"{len(report.graph.edges)} arrows: most viewers draw up to {MOST_EDGES}; "
            "fewer with --depth, --select or --exclude"
        )
    return [f"%% {_comment(line)}" for line in lines]


def _comment(text: str) -> str:
    # Braces in a comment are read as a directive by some versions.
    return " ".join(text.translate(str.maketrans("{}", "()")).split())
