"""One pair, shown: both sides' SQL, the truth, and what the tool says about it.

``python -m tests.changes.show WORDS``, in the folder ``tooling``: every pair whose name holds the words.
"""

from __future__ import annotations

import sys

from .asking import ask
from .pair_files import read_pairs
from .scoring import Mark, answer_of, judge


def main(words: str) -> None:
    """Print them."""
    for pair in read_pairs():
        if words.lower() not in pair.id.lower():
            continue
        print(f"=== {pair.id}  [{pair.kind}]")
        for side in ("base", "head"):
            for (kind, name), part in pair.side(side).items():
                told = part.sql.strip() or part.words
                if side == "base" or pair.side("base").get((kind, name)) != part:
                    print(f"-- {side} {kind} {name} {part.options or ''}\n{told}")
        print("changes:", "; ".join(pair.changes), "\nfelt:   ", "; ".join(pair.felt))
        answer = ask(pair)
        for node in answer.nodes:
            print("said:   ", node.node, node.status.value, node.edited, node.proof)
            for change in node.changes:
                print(
                    "         ", change.place, change.kind.value, "|", change.reason, change.other
                )
        for judged in judge(pair, answer_of(pair, answer.changes, answer.propagation)):
            if judged.mark is not Mark.RIGHT:
                print(f"{judged.mark}: {judged.place} is {judged.true}, said {judged.said}")
        for hit in answer.propagation.hits:
            print("hit:    ", hit.place, hit.verdict.words, "via", hit.via, "|", hit.reason)


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
