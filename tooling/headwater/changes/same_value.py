"""Whether two canonical terms give the same value on the rows that both sides have."""

from __future__ import annotations

from headwater.sql.terms import SORTED, Term, opened, walk

Memo = dict[tuple[bytes, bytes], bool]


def same_value(base: Term, head: Term, memo: Memo | None = None) -> bool:
    """Whether the value is proved to be the same wherever the row is there before and after.

    Beyond equality of terms: a join that became inner, or outer, keeps the values of the rows that
    stay; and a column of a union is the same when it is in every branch that stays.
    """
    if base.key == head.key:
        return True
    memo = {} if memo is None else memo
    key = base.key, head.key
    known = memo.get(key)
    if known is None:
        known = memo[key] = _same(base, head, memo)
    return known


def _same(base: Term, head: Term, memo: Memo) -> bool:
    if base.op == "null" != head.op:
        return same_value(base.args[0], head, memo)
    if head.op == "null" != base.op:
        return same_value(base, head.args[0], memo)
    if base.op != head.op:
        return False
    if base.op == "stacked":
        return _same_branches(base, head, memo)
    if not base.args or len(base.args) != len(head.args) or base.op in _WHOLE:
        return False
    if base.op in SORTED:
        return _same_bag(list(base.args), list(head.args), memo)
    return all(same_value(b, h, memo) for b, h in zip(base.args, head.args, strict=True))


#: Operators whose value is made of other rows: there is no row by row.
_WHOLE = frozenset({"closed", "summary", "window", "over", "matched", "scan", "inner", "group"})


def _same_bag(base: list[Term], head: list[Term], memo: Memo) -> bool:
    """Whether the arguments of an operator without order can be paired."""
    for each in base:
        found = next((h for h in head if same_value(each, h, memo)), None)
        if found is None:
            return False
        head.remove(found)
    return True


def _same_branches(base: Term, head: Term, memo: Memo) -> bool:
    """Whether the branches of a union that stay give the same values.

    A branch stays when its rows are the same; the others are paired by what they read, in order.
    """
    if base.args[0].key != head.args[0].key:
        return False
    pairs, rest = paired_branches(base, head)
    return not rest and all(
        b.args[1].key == h.args[1].key or same_value(opened(b.args[1]), opened(h.args[1]), memo)
        for b, h in pairs
    )


def paired_branches(base: Term, head: Term) -> tuple[list[tuple[Term, Term]], bool]:
    """The branches that belong together, and whether on both sides some are left over."""
    olds, news = list(base.args[1:]), list(head.args[1:])
    pairs = []
    for matches in (_rows_key, _inputs):
        for old in list(olds):
            new = next((n for n in news if matches(n) == matches(old)), None)
            if new is not None:
                pairs.append((old, new))
                olds.remove(old)
                news.remove(new)
    return pairs, bool(olds and news)


def _rows_key(branch: Term) -> object:
    return branch.args[0].key


def _inputs(branch: Term) -> object:
    return leaves(branch.args[0])


def leaves(found: Term) -> frozenset[str]:
    """The inputs a term reads, without which of several they are."""
    return frozenset(
        each.op.partition("|")[2].rpartition("#")[0]
        for each in walk(found)
        if each.op.startswith("@")
    )
