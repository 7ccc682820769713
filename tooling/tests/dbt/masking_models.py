"""What each mask must make of a value: short models in Python to hold the SQL against."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import math
import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

KEY = bytes(range(40, 80))
SPACE = " \t\n\v\f\r"
DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
NOT_IN_AN_ADDRESS = SPACE + '@,;:<>()"'


def digest(value: str, domain: str, key: bytes = KEY) -> str:
    """The keyed digest of a value in a domain."""
    message = f"{len(domain)}:{domain}:{value}".encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def hash_pii(value: str, domain: str = "pii") -> str:
    return "k1_" + digest(value, domain)


def hash_email(value: str, engine: str) -> str:
    """Normalised; the tests' Postgres has the collation C, in which only ASCII has two cases."""
    value = unicodedata.normalize("NFC", value).strip(" ")
    return hash_pii(_ascii_lower(value) if engine == "postgres" else _lower(value), "e-mail")


def _ascii_lower(text: str) -> str:
    return "".join(c.lower() if c in LETTERS else c for c in text)


def _lower(text: str) -> str:
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def partial(
    text: str, start: int, end: int, room: int | None = None, hidden: int | None = None
) -> str:
    """The ends of a text, if as many characters are hidden as are shown."""
    needed = max(start + end, 1) if room is None else room
    kept = start + end
    if kept == 0 or len(text) < kept + needed:
        return "*" * (len(text) if hidden is None else hidden)
    stars = "*" * (len(text) - kept if hidden is None else hidden)
    return text[:start] + stars + (text[-end:] if end else "")


def email(text: str, keep: int = 1, domain: str = "keep") -> str:
    text = text.strip(" ")
    local, _, place = text.partition("@")
    name, dot, tld = place.rpartition(".")
    is_address = local and name and dot and tld and not set(local + place) & set(NOT_IN_AN_ADDRESS)
    if not is_address:
        return "***"
    shown = local[:keep] if len(local) >= keep + max(keep, 1) else ""
    return shown + {"keep": f"***@{place}", "tld": f"***@***.{tld}", "mask": "***"}[domain]


def phone(text: str, keep: int = 2) -> str:
    digits = "".join(c for c in text if c in DIGITS)
    is_shown = keep and len(digits) >= max(7, 2 * keep)
    return "*****" + (digits[-keep:] if is_shown else "")


def card(text: str, start: int = 0, end: int = 4) -> str:
    digits = text.replace(" ", "").replace("-", "")
    if not 12 <= len(digits) <= 19 or set(digits) - set(DIGITS):
        return "****"
    return partial(digits, start, end, room=6)


def iban(text: str) -> str:
    plain = text.replace(" ", "").replace("-", "")
    parts = (plain[:2], LETTERS), (plain[2:4], DIGITS), (plain[4:], LETTERS + DIGITS)
    fits = 15 <= len(plain) <= 34 and all(not set(part) - set(allowed) for part, allowed in parts)
    return partial(plain.upper(), 2, 4, room=8) if fits else "****"


def ip(text: str, octets: int = 3, groups: int = 3) -> str:
    """The first numbers or groups, of groups those before any `::`; what is no address is hidden."""
    text = re.sub("/[0-9]{1,3}$", "", _ascii_lower(text.strip(" ")))
    try:
        version = ipaddress.ip_address(text).version
    except ValueError:
        return "****"
    if version == 4:
        return ".".join(text.split(".")[:octets] + ["0"] * (4 - octets))
    if "%" in text:  # the name of an interface
        return "****"
    first = text.partition("::")[0].split(":")[:groups]
    return ":".join(re.sub("^0{1,3}(?=.)", "", part) for part in first) + "::"


def name(text: str) -> str:
    words = [w for w in re.split(f"[{SPACE}]+", text) if w]
    return " ".join(w[0] + "." if len(w) > 1 else ("." if w == "." else "*") for w in words)


def first_initial(text: str) -> str:
    plain = re.sub(f"[{SPACE}]+", " ", text).strip(" ")
    return plain[0] + "***" if len(plain) >= 2 else "***"


def cell(value: Decimal, width: Decimal) -> Decimal:
    return (value / width).to_integral_value("ROUND_FLOOR") * width


def noise(value: Decimal, scale: float, subject: str, distribution: str) -> float:
    place = (int(digest(subject, "noise")[:13], 16) + 0.5) / 2**52 - 0.5
    if distribution == "uniform":
        return float(value) + 2 * scale * place
    return float(value) - scale * math.copysign(1, place) * math.log(1 - 2 * abs(place))


def date_shift(day: date, subject: str, most: int) -> date:
    place = int(digest(subject, "date_shift")[:13], 16) % (2 * most)
    return day + timedelta(place - most + (1 if place >= most else 0))


def shuffled(rows: dict[str, Any]) -> dict[str, Any]:
    """Each key has the value of the next key, in the order of their digests."""
    order = sorted(rows, key=lambda key: digest(key, "shuffle"))
    return {key: rows[order[(place + 1) % len(order)]] for place, key in enumerate(order)}


def json_masked(value: Any, steps: tuple[str, ...], mode: str) -> Any:
    """What lies at the path masked or dropped, and what is no way for the path masked whole."""
    if value is None:
        return None
    if not steps:
        return "***"
    step, rest = steps[0], steps[1:]
    if step == "*":
        if not isinstance(value, list):
            return "***"
        return [] if mode == "drop" and not rest else [json_masked(v, rest, mode) for v in value]
    if not isinstance(value, dict):
        return "***"
    if step not in value:
        return value
    if mode == "drop" and not rest:
        return {key: v for key, v in value.items() if key != step}
    return value | {step: json_masked(value[step], rest, mode)}
