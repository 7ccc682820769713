"""Things kept as bytes: which of them have a word in them, without unpacking any."""

from __future__ import annotations

from headwater.core.packed import Packed, join_packed


class Texts(Packed[str]):
    """Texts; none may be unpacked here."""

    def unpacked(self, body: memoryview) -> str:
        raise AssertionError("unpacked")


def texts(*bodies: bytes) -> Texts:
    offsets, blob = join_packed(bodies)
    return Texts([f"t{at}" for at in range(len(bodies))], offsets, blob)


def test_each_thing_that_has_a_word_once_in_any_case() -> None:
    found = texts(b"a pii pii", b"nothing", b"PII", b"", b"gdpr and Pii").mentioning(
        [b"pii", b"gdpr"]
    )
    assert found == ["t0", "t2", "t4"]


def test_a_word_over_the_border_of_two_things_is_in_the_first_at_most() -> None:
    assert texts(b"xp", b"ii", b"y").mentioning([b"pii"]) in ([], ["t0"])


def test_nothing() -> None:
    assert texts().mentioning([b"pii"]) == []
