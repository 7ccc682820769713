from __future__ import annotations

from dataclasses import replace

from headwater.core.report import GraphEdge, GraphNode, Report, Subgraph
from headwater.render import render

from .reports import EMPTY, GRAPH, HARD


def test_the_whole_text() -> None:
    assert render(HARD, "mermaid") == (
        "%% What changes downstream of orders.amount?\n"
        "%% Seen 412 of 430 models; 18 gaps\n"
        "flowchart LR\n"
        '  n1["rows"]\n'
        '  subgraph g1["orders"]\n    n2[("orders.amount")]\n  end\n'
        '  subgraph g2["z2"]\n    n3["x #quot;y#quot; #lt;z#gt; #35;1"]\n  end\n'
        '  n2 -.->|"FILTER"| n1\n'
        '  n2 -->|"IDENTITY"| n3\n'
    )


def test_the_order_of_discovery_does_not_show() -> None:
    turned = Subgraph(GRAPH.nodes[::-1], GRAPH.edges[::-1])
    assert render(replace(HARD, graph=turned), "mermaid") == render(HARD, "mermaid")


def test_labels_cannot_leave_their_quotes() -> None:
    label = 'a"]; click n1 "x`\n%%{init: {}}%%'
    report = Report("t", graph=Subgraph((GraphNode("a", label), GraphNode("b", ""))))
    assert render(report, "mermaid").split("\n")[2:4] == [
        '  n1["a#quot;]; click n1 #quot;x#96; %%{init: {}}%%"]',
        '  n2[" "]',
    ]


def test_an_answer_without_a_graph_is_still_a_diagram() -> None:
    assert render(EMPTY, "mermaid").endswith(
        'flowchart LR\n  n1["Nothing is downstream of orders.amount"]\n'
    )


def test_a_picture_too_large_to_draw_says_so() -> None:
    nodes = tuple(GraphNode(str(n), f"c{n}") for n in range(502))
    edges = tuple(GraphEdge("0", str(n)) for n in range(1, 502))
    assert "%% 501 arrows: most viewers draw up to 500; fewer with --depth" in render(
        Report("t", graph=Subgraph(nodes, edges)), "mermaid"
    )
