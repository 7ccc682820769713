"""What the masks say when they are called wrongly: the whole text."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
from jinja2 import Undefined
from rendering import MACROS, FakeRelation, Package, WrongArgumentError

PEOPLE = FakeRelation("people", (("email", "text"), ("age", "integer")))
SIGN = "one sign that is no letter, digit, blank, quote, backslash or dollar, such as '*'"
STEPS = "some of 'alphanumeric', 'digits', 'email', 'lower', 'nfc', 'phone', 'trim', 'upper'"
KINDS = "'card', 'email', 'iban', 'ip', 'phone', 'ssn'"
LIST = "a list of column names, such as ['customer_id', 'valid_from']"
SCALE = "a number above 0, at most 1000000000000000"
BOUND = "a number from -1000000000000000 to 1000000000000000"
DOMAIN = "a word of lower-case letters, digits, '_', '.' and '-'"
WRONG: tuple[tuple[str, tuple[Any, ...], dict[str, Any], tuple[str, ...]], ...] = (
    ("hash_pii", ("",), {}, ("expression", "an SQL expression, such as 'email'", "an empty string")),
    ("hash_pii", (None,), {}, ("expression", "an SQL expression, such as 'email'", "none")),
    ("hash_pii", ("email",), {"domain": "E-Mail!"}, ("domain", DOMAIN, "the string 'E-Mail!'")),
    ("hash_pii", ("email",), {"key_version": 0}, ("key_version", "a whole number from 1 to 32767", "the number 0")),
    ("hash_pii", ("email",), {"key_version": "two"}, ("key_version", "a whole number from 1 to 32767", "the string 'two'")),
    ("hash_pii", ("email",), {"length": 16}, ("length", "a whole number from 32 to 64", "the number 16")),
    ("hash_pii", ("email",), {"normalize": ["lowercase"]}, (
        "normalize", "one of 'alphanumeric', 'digits', 'email', 'lower', 'nfc', 'phone', 'trim', 'upper'",
        "the string 'lowercase'")),
    ("mask_partial", ("email",), {"keep_end": True}, ("keep_end", "a whole number from 0 to 100", "the boolean true")),
    ("mask_partial", ("email",), {"min_hidden": 0}, ("min_hidden", "a whole number from 1 to 1000", "the number 0")),
    ("mask_partial", ("email",), {"mask": "xx"}, ("mask", SIGN, "the string 'xx'")),
    ("mask_partial", ("email",), {"mask": "'"}, ("mask", SIGN, "the string '''")),
    ("mask_partial", ("email",), {"hidden_length": 1.5}, ("hidden_length", "a whole number from 1 to 100", "the number 1.5")),
    ("mask_email", ("email",), {"domain": "hide"}, ("domain", "one of 'keep', 'mask', 'tld'", "the string 'hide'")),
    ("mask_phone", ("email",), {"keep_end": 5}, ("keep_end", "a whole number from 0 to 4", "the number 5")),
    ("mask_card", ("email",), {"keep_start": 8}, ("keep_start", "a whole number from 0 to 6", "the number 8")),
    ("mask_iban", ("email",), {"keep_country": "yes"}, ("keep_country", "true or false", "the string 'yes'")),
    ("mask_ip", ("email",), {"keep_octets": 4}, ("keep_octets", "a whole number from 0 to 3", "the number 4")),
    ("mask_name", ("email",), {"keep": "all"}, ("keep", "one of 'first_initial', 'initials'", "the string 'all'")),
    ("mask_json", ("email", "a.b"), {}, (
        "paths", "a list of paths, such as ['email', 'orders[*].address.street']", "the string 'a.b'")),
    ("mask_json", ("email", ["a..b"]), {}, (
        "paths", "paths such as 'email' or 'orders[*].address.street', or lists of their steps", "the string 'a..b'")),
    ("mask_text", ("email",), {"patterns": ["mail"]}, (
        "patterns", "one of 'card', 'email', 'iban', 'ip', 'phone', 'ssn'", "the string 'mail'")),
    ("mask_text", ("email",), {"more": {"id": "C\\d"}}, (
        "more", "regular expressions without a quote or a backslash", "the string 'C\\d'")),
    ("generalize_date", ("email",), {"to": "day"}, ("to", "one of 'month', 'quarter', 'week', 'year'", "the string 'day'")),
    ("generalize_number", ("age", 0), {}, ("width", "a number from 0.000001 to 1000000000000000", "the number 0")),
    ("generalize_number", ("age", 10), {"lower": 90, "upper": 20}, (
        "upper", "a number above lower, which is 90", "the number 20")),
    ("noise", ("age", -1, ["id"]), {}, ("scale", SCALE, "the number -1")),
    ("noise", ("age", 1, "id"), {}, ("per", LIST, "the string 'id'", "write ['id']")),
    ("date_shift", ("age", []), {}, ("subject", LIST, "an empty list")),
    ("date_shift", ("age", ["id"]), {"max_days": 0}, ("max_days", "a whole number from 1 to 36500", "the number 0")),
    ("shuffle", ("age", ["id"]), {"min_rows": 1}, ("min_rows", "a whole number from 2 to 1000000", "the number 1")),
    ("tokenize", ("email",), {"domain": "a b"}, ("domain", DOMAIN, "the string 'a b'")),
    ("install_masking", (), {"source": "file"}, ("source", "one of 'generate', 'none', 'setting'", "the string 'file'")),
    ("install_masking", (), {"key_readers": "bob"}, ("key_readers", "a list of roles, such as ['transformer']", "the string 'bob'")),
    ("test_k_anonymity", (PEOPLE, ["age"]), {"k": 1}, ("k", "a whole number from 2 to 1000000", "the number 1")),
    ("test_l_diversity", (PEOPLE, ["age"], "age"), {}, ("sensitive", "a column that is no quasi-identifier", "'age'")),
    ("test_no_raw_pii", (PEOPLE,), {"columns": ["emial"]}, (
        "columns", "columns of the relation: age, email", "'emial'")),
    ("test_no_raw_pii", (PEOPLE,), {"patterns": ["name"]}, (
        "patterns", "one of 'card', 'email', 'iban', 'ip', 'phone', 'ssn'", "the string 'name'")),
    ("test_is_pseudonymised", (PEOPLE, "email"), {"kinds": ["md5"]}, ("kinds", "one of 'hash', 'token'", "the string 'md5'")),
    ("hash_pii", ("email",), {"domain": "pii\n"}, ("domain", DOMAIN, "the string 'pii\n'")),
    ("hash_pii", ("email",), {"normalize": None}, ("normalize", f"a list of {STEPS}", "none")),
    ("hash_pii", ("email",), {"normalize": Undefined()}, ("normalize", f"a list of {STEPS}", "nothing")),
    *((macro, ("email",), {"mask": sign}, ("mask", SIGN, got)) for macro, sign, got in (
        ("mask_partial", "\t", "an empty string"), ("mask_name", "\u0301", "the string '\u0301'"),
        ("mask_email", "\u200b", "the string '\u200b'"), ("mask_card", "\x07", "the string '\x07'"),
        ("mask_ip", "**", "the string '**'"), ("mask_iban", None, "none"))),
    ("mask_iban", ("email",), {"keep_country": 0}, ("keep_country", "true or false", "the number 0")),
    ("mask_text", ("email",), {"patterns": "email"}, (
        "patterns", f"a list of some of {KINDS}", "the string 'email'", "write ['email']")),
    ("mask_text", ("email",), {"patterns": []}, ("patterns", f"a list of some of {KINDS}", "an empty list")),
    ("mask_text", ("email",), {"more": {"email": "x"}}, (
        "more", "a name of its own for each regular expression", "the string 'email'")),
    ("mask_text", ("email",), {"more": {1: "x"}}, (
        "more", "a name of its own for each regular expression", "the number 1")),
    ("generalize_number", ("age", math.inf), {}, ("width", "a number from 0.000001 to 1000000000000000", "the number inf")),
    ("generalize_number", ("age", math.nan), {}, ("width", "a number from 0.000001 to 1000000000000000", "the number nan")),
    ("generalize_number", ("age", 10), {"lower": math.nan}, ("lower", BOUND, "the number nan")),
    ("generalize_number", ("age", 10), {"upper": 10**16}, ("upper", BOUND, "the number 10000000000000000")),
    ("generalize_geo", ("age",), {"degrees": 91}, ("degrees", "a number from 0.000001 to 90", "the number 91")),
    ("noise", ("age", math.nan, ["id"]), {}, ("scale", SCALE, "the number nan")),
    ("noise", ("age", math.inf, ["id"]), {}, ("scale", SCALE, "the number inf")),
    *(("shuffle", ("age", ["id"]), {"within": within}, ("within", LIST, got)) for within, got in (
        ("", "an empty string"), (Undefined(), "nothing"), (False, "the boolean false"), ({}, "a mapping"))),
    ("is_erased", ("email", "E-Mail"), {}, ("identifier", DOMAIN, "the string 'E-Mail'")),
    ("is_erased", ("email", "email"), {"key_version": 0}, ("key_version", "a whole number from 1 to 32767", "the number 0")),
    ("erase_subject", (), {"dry_run": 0}, ("dry_run", "true or false", "the number 0")),
    ("test_no_raw_pii", (PEOPLE,), {"patterns": "email"}, (
        "patterns", f"a list of some of {KINDS}", "the string 'email'", "write ['email']")),
    ("test_is_pseudonymised", (PEOPLE, "email"), {"kinds": []}, (
        "kinds", "a list of some of 'hash', 'token'", "an empty list")),
    *(("test_is_pseudonymised", (PEOPLE, "email"), {"key_versions": versions}, (
        "key_versions", "a list of versions, such as [2]", got)) for versions, got in (
            (12, "the number 12"), ("12", "the string '12'"), (None, "none"))),
    ("test_is_pseudonymised", (PEOPLE, "email"), {"key_versions": [0]}, (
        "key_versions", "a whole number from 1 to 32767", "the number 0")),
    ("test_masked_differs_from", (PEOPLE, "email", None, "email"), {}, (
        "to", "a relation such as ref('orders'), the name of a CTE, or a select", "none")),
    ("test_masked_differs_from", (PEOPLE, "email", PEOPLE, "email"), {"key": ""}, ("key", LIST, "an empty string")),
)  # fmt: skip
PACKAGE = Package("postgres")


@pytest.mark.parametrize(("macro", "words", "options", "lines"), WRONG)
def test_a_wrong_call_is_named_with_what_was_expected(
    macro: str, words: tuple[Any, ...], options: dict[str, Any], lines: tuple[str, ...]
) -> None:
    argument, expected, got, *hint = lines
    with pytest.raises(WrongArgumentError) as error:
        PACKAGE.sql(macro, *words, **options)
    wanted = [
        f"headwater.{macro.removeprefix('test_')}(): bad argument '{argument}'",
        f"  expected: {expected}",
        f"  got: {got}",
        *(f"  hint: {text}" for text in hint),
    ]
    assert str(error.value) == "\n".join(wanted)


MASKS = (
    "hash_pii", "mask_partial", "mask_email", "mask_phone", "mask_card", "mask_iban", "mask_ip", "mask_name",
    "mask_text", "mask_json", "tokenize", "generalize_date", "generalize_number", "generalize_geo", "noise",
    "date_shift", "shuffle",
)  # fmt: skip


@pytest.mark.parametrize("name", MASKS)
def test_a_policy_knows_the_arguments_of_its_mask(name: str) -> None:
    text = (MACROS / "masking" / f"{name}.sql").read_text(encoding="utf-8")
    (signature,) = re.findall(rf"macro {name}\((.*)\) %}}", text)
    known = sorted(
        set(re.findall(r"(?:^|, )(\w+)", re.sub(r"\[.*?\]", "", signature))) - {"expression"}
    )
    with pytest.raises(WrongArgumentError) as error:
        PACKAGE._mask_call("email.mask", "email", {name: {known[0] + "x": 1}})
    assert str(error.value).splitlines()[:3] == [
        "headwater.masked_view(): bad argument 'email.mask'",
        f"  expected: arguments of {name}: {', '.join(known)}",
        f"  got: the string '{known[0]}x'",
    ]


#: What a column has, the class that it declares by it, and whether that is personal.
DECLARED: tuple[tuple[dict[str, Any], str | None, bool], ...] = (
    ({}, None, False),
    ({"meta": {"owner": "ann"}, "tags": ["nightly"]}, None, False),
    ({"meta": {"pii": "E-Mail"}}, "email", True),
    ({"meta": {"owner": "ann"}, "config": {"meta": {"pii": "email"}}}, "email", True),
    ({"meta": {"PII": {"type": "mail"}}}, "email", True),
    ({"meta": {"contains-pii": "yes"}}, "personal", True),
    ({"meta": {"pii": 1}}, "personal", True),
    ({"meta": {"pii": ["phone", "personal"]}}, "phone", True),
    ({"meta": {"pii": []}}, None, False),
    ({"meta": {"headwater": {"pii": {"class": "email", "level": "pseudonymised"}}}}, None, True),
    ({"meta": {"pii": {"class": "email", "level": "none"}}}, None, False),
    ({"meta": {"is_pii": "public"}}, "none", False),
    ({"tags": ["contains_pii"]}, "personal", True),
    ({"tags": ["a"], "config": {"tags": ["PII.phone"]}}, "phone", True),
    ({"tags": "pii:email"}, "email", True),
    ({"tags": ["no_pii"]}, "none", False),
    ({"tags": ["pii", "pii:email"]}, "email", True),
)


@pytest.mark.parametrize(("holder", "name", "is_personal"), DECLARED)
def test_what_a_column_declares(
    holder: dict[str, Any], name: str | None, is_personal: bool
) -> None:
    assert PACKAGE._declared_class(holder, "a.pii") == name
    assert PACKAGE._says_personal(holder) is is_personal


def test_a_mapping_of_columns_says_nothing_of_its_node() -> None:
    node = {"resource_type": "model", "meta": {"pii": {"mail": "email"}}}
    assert PACKAGE._says_personal(node) is False
    assert PACKAGE._node_classes(node["meta"]) == {"mail": "email"}
    whole = {"resource_type": "model", "meta": {"pii": {"class": "email"}}}
    assert PACKAGE._says_personal(whole) is True
    assert PACKAGE._node_classes(whole["meta"]) == {}
