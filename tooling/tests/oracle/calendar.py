"""A truthful date dimension: TPC-DS's queries compare its columns with each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from typing import Any

_DATE = re.compile(r"'(\d{4})-(\d\d?)-(\d\d?)'")
_YEAR = re.compile(r"\b(199[89]|200[0-3])\b")
_SMALL = re.compile(r"(?<![\w.'-])(\d{1,2})(?![\w.'])")
_FIRST = date(1900, 1, 1)


def days_for(sql: str, count: int, rng: Random) -> list[date]:
    """Days that the query's literals ask for, and what lies a year or a few days beside them."""
    days = {date(*map(int, found)) for found in _DATE.findall(sql)}
    days |= {day + timedelta(days=shift) for day in days for shift in (1, 5, 13, 29, -9, -25, 45)}
    years = sorted({int(year) for year in _YEAR.findall(sql)}) or [2000]
    months = sorted({int(n) for n in _SMALL.findall(sql) if 1 <= int(n) <= 12}) or [1, 6]
    several = {
        date(year + shift, month, day)
        for year in years
        for shift in (0, 1, -1)
        for month in months
        for day in (1, 2, 15)
    }
    weeks = {
        date(year, 2, 4) + timedelta(days=n)
        for year in years
        for n in (*range(7), *range(364, 371))
    }
    must = sorted(days)[: count // 2]
    rest = sorted((several | weeks) - set(must))
    rng.shuffle(rest)
    chosen = [*must, *rest[: count - len(must)]]
    rng.shuffle(chosen)
    return chosen


def rows_of(days: Iterable[date], columns: Iterable[str]) -> list[tuple[Any, ...]]:
    """One row of ``date_dim`` per day, keyed 1, 2, 3 …"""
    wanted = tuple(columns)
    return [tuple(_value(column, key, day) for column in wanted) for key, day in enumerate(days, 1)]


def _value(column: str, key: int, day: date) -> Any:
    quarter = (day.month + 2) // 3
    values: dict[str, Any] = {
        "d_date_sk": key,
        "d_date_id": f"D{key}",
        "d_date": day,
        "d_year": day.year,
        "d_moy": day.month,
        "d_dom": day.day,
        "d_dow": day.isoweekday() % 7,
        "d_qoy": quarter,
        "d_month_seq": (day.year - 1900) * 12 + day.month - 1,
        "d_week_seq": (day - _FIRST).days // 7,
        "d_quarter_seq": (day.year - 1900) * 4 + quarter,
        "d_day_name": day.strftime("%A"),
        "d_quarter_name": f"{day.year}Q{quarter}",
        "d_weekend": "Y" if day.isoweekday() > 5 else "N",
    }
    return values.get(column)
