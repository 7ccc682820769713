"""A lineage packed into bytes is the same lineage."""

from __future__ import annotations

from array import array

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.cache.codec import pack_lineage, unpack_lineage
from headwater.core.columns import ColumnRef
from headwater.core.edges import STRIDE, Gap, NodeLineage

names = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
refs = st.builds(ColumnRef, names, st.none() | names)
gaps = st.builds(Gap, names, st.none() | names, names, names, st.none() | st.integers(0, 10**6))


@st.composite
def lineages(draw: st.DrawFn) -> NodeLineage:
    columns = tuple(draw(st.lists(names, max_size=6)))
    flags = tuple(draw(st.integers(0, 31)) for _ in columns)
    number = st.integers(-1, draw(st.sampled_from([100, 32_767, 32_768, 2_000_000_000])))
    links = draw(st.lists(st.lists(number, min_size=STRIDE, max_size=STRIDE), max_size=5))
    return NodeLineage(
        draw(names),
        columns,
        flags,
        tuple(draw(st.lists(refs, max_size=6))),
        array("i", [n for link in links for n in link]),
        tuple(draw(st.lists(gaps, max_size=3))),
    )


@given(lineages())
def test_nothing_is_lost(lineage: NodeLineage) -> None:
    found = unpack_lineage(pack_lineage(lineage))
    assert found == lineage
    assert found.links.typecode == "i"
    assert all(type(ref) is ColumnRef for ref in found.sources)


@pytest.mark.parametrize("data", [b"", b"\x00", b"\x93\xa1a", msgspec.msgpack.encode([1] * 9)])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises((msgspec.DecodeError, ValueError, IndexError)):
        unpack_lineage(data)
