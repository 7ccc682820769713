"""Days of the week as people write them: ``weekdays``, ``mon-fri``, ``Tuesday``."""

from __future__ import annotations

from collections.abc import Collection, Iterable

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_WORDS = {"daily": range(7), "weekdays": range(5), "weekends": range(5, 7)}
_FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def days_of(text: str) -> Iterable[int] | None:
    """The days of a word, or of a stretch such as ``fri-mon``; ``None`` when it is neither."""
    for word in (text, f"{text}s"):  # "weekday", too
        if word in DAY_WORDS:
            return DAY_WORDS[word]
    first, dash, last = (part.strip() for part in text.replace("\u2013", "-").partition("-"))
    start, end = _day(first), _day(last) if dash else _day(first)
    if start is None or end is None:
        return None
    return [(start + ahead) % 7 for ahead in range((end - start) % 7 + 1)]


def _day(text: str) -> int | None:
    """The number of a day by its name, which may be cut after three letters."""
    found = [n for n, name in enumerate(_FULL) if text in (name, f"{name}s") or _cuts(text, name)]
    return found[0] if found else None


def _cuts(text: str, name: str) -> bool:
    return len(text) >= 3 and name.removesuffix("day").startswith(text)


def days_words(days: Collection[int]) -> str:
    """``mon,fri``, after a space; empty when it is all of them."""
    if len(days) == 7:
        return ""
    if set(days) == set(range(5)):
        return " mon-fri"
    return " " + ",".join(DAYS[day] for day in sorted(days))
