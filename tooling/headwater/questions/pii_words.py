"""The words of personal data: how much of it is left, what kind it is, what can be wrong."""

from __future__ import annotations

import re
from enum import IntEnum

from headwater.core.edges import EdgeFlag
from headwater.core.report import Rule


class Level(IntEnum):
    """How much of a person's data a column still holds, the most first."""

    RAW = 0
    UNKNOWN = 1  #: it went through what cannot be seen, and may be raw
    PARTIAL = 2
    PSEUDONYMISED = 3
    NONE = 4

    @property
    def word(self) -> str:
        """As people write it."""
        return self.name.lower()


#: Word -> level, with the other words that people use for it.
LEVELS = {
    **{level.word: level for level in Level if level is not Level.UNKNOWN},
    **dict.fromkeys(("clear", "plain", "unmasked", "cleartext"), Level.RAW),
    **dict.fromkeys(("partly", "partially_masked", "redacted", "generalized", "generalised",
                     "generalize", "redact", "noise", "shuffle"), Level.PARTIAL),
    **dict.fromkeys(("pseudonymized", "pseudonym", "hashed", "hash", "token", "tokenized",
                     "tokenised", "encrypted", "encrypt", "masked", "shift"), Level.PSEUDONYMISED),
    **dict.fromkeys(("anonymous", "anonymised", "anonymized", "aggregated", "constant"),
                    Level.NONE),
}  # fmt: skip
#: Words for levels that a declared mask may have.
MASK_WORDS = ("partial", "pseudonymised", "none", "reveal")
ANY = "personal"  #: personal data of a kind that nobody named
#: Class -> other words for it.
CLASSES: dict[str, tuple[str, ...]] = {
    ANY: ("pii", "personal_data", "person", "identifier", "yes", "true", "direct", "indirect"),
    "sensitive": ("special", "special_category", "spi", "phi", "sensitive_data"),
    "name": ("full_name", "first_name", "last_name", "surname", "given_name", "family_name"),
    "email": ("e_mail", "mail", "email_address"),
    "phone": ("telephone", "mobile", "phone_number", "tel", "fax"),
    "address": ("street", "street_address", "postal_address", "home_address"),
    "postcode": ("zip", "zip_code", "postal_code", "zipcode"),
    "location": ("geo", "gps", "coordinates", "geolocation", "lat_long"),
    "birth_date": ("date_of_birth", "dob", "birthday", "birthdate"),
    "age": (),
    "gender": ("sex",),
    "national_id": ("ssn", "social_security", "tax_id", "passport", "id_number", "national_number",
                    "government_id", "driver_license", "drivers_license"),
    "card": ("credit_card", "card_number", "pan", "payment_card"),
    "bank_account": ("iban", "account_number", "bank"),
    "financial": ("salary", "income", "wage", "finance"),
    "ip": ("ip_address", "ipv4", "ipv6"),
    "device": ("device_id", "mac", "mac_address", "imei", "cookie", "advertising_id",
               "user_agent"),
    "account": ("username", "user_name", "login", "user_id", "customer_id", "employee_id",
                "handle"),
    "credential": ("password", "secret", "token_secret", "pin", "api_key"),
    "photo": ("image", "picture", "avatar", "voice", "video"),
    "vehicle": ("license_plate", "number_plate", "vin"),
    "health": ("medical", "diagnosis", "disability"),
    "biometric": ("fingerprint", "face"),
    "genetic": ("dna",),
    "ethnicity": ("race", "nationality", "ethnic_origin"),
    "religion": ("belief",),
    "politics": ("political", "political_opinion"),
    "union": ("trade_union",),
    "orientation": ("sexual_orientation", "sexuality"),
    "criminal": ("conviction", "criminal_record"),
    "text": ("free_text", "comment", "note", "message"),
}  # fmt: skip
_BY_WORD = {word: name for name, words in CLASSES.items() for word in (name, *words)}


def plain_word(text: str) -> str:
    """``E-Mail`` as ``e_mail``."""
    return re.sub(r"[\s\-./]+", "_", text.strip().lower())


def class_of(text: str, own: frozenset[str] = frozenset()) -> str | None:
    """The class that a word means; ``own`` are a project's own classes."""
    word = plain_word(text)
    return word if word in own else _BY_WORD.get(word)


_COUNTED, _MASKING, _PARTIAL = (
    int(f) for f in (EdgeFlag.COUNTED, EdgeFlag.MASKING, EdgeFlag.PARTIAL)
)
_REVEALED = int(EdgeFlag.REVEALED)


def level_after(level: Level, flags: int) -> Level:
    """What is left of a value of that level behind an edge with these flags."""
    if flags & _REVEALED and level is Level.PSEUDONYMISED:
        level = Level.RAW
    if not flags & _PARTIAL:
        return level
    mask = Level.PARTIAL
    if flags & _MASKING:
        mask = Level.NONE if flags & _COUNTED else Level.PSEUDONYMISED
    return max(level, mask)


RULES = (
    Rule("exposed", "Personal data reaches an exposure"),
    Rule("public", "Personal data stands in a public model"),
    Rule("group", "Personal data comes into a group from outside of it"),
    Rule("not-masked", "A column holds more of a person than it declares"),
    Rule("undeclared", "A column holds personal data and does not say so"),
    Rule("over-declared", "A column declares personal data, and none, or less, arrives"),
    Rule("unknown", "Personal data enters what cannot be seen, or may have come out of it"),
    Rule("unknown-class", "A column declares a class that nobody knows"),
    Rule("contradiction", "Two declarations of one column do not agree"),
    Rule("exception-expired", "An exception has ended"),
)
LEVEL_OF = {
    "exposed": "error",
    "public": "error",
    "group": "error",
    "not-masked": "error",
    "undeclared": "warning",
    "over-declared": "warning",
    "unknown": "error",
    "unknown-class": "error",
    "contradiction": "error",
    "exception-expired": "warning",
}
