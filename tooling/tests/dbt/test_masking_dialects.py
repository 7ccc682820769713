"""What the masks write for every engine parses in the engine's dialect, with their mark around it."""

from __future__ import annotations

import re
from typing import Any

import pytest
import sqlglot
from rendering import PREFIXES, FakeRelation, Package, WrongArgumentError
from sqlglot import exp

ENGINES = [engine for engine in PREFIXES if engine != "fabric"]
PACKAGES = {engine: Package(engine) for engine in PREFIXES}
#: Of each macro, its mark and some ways to call it.
CALLS: dict[str, tuple[str, tuple[tuple[tuple[Any, ...], dict[str, Any]], ...]]] = {
    "hash_pii": ("hash", (
        (("email",), {}), (("email",), {"normalize": ["trim", "lower", "digits", "phone"], "length": 40}),
    )),
    "mask_partial": ("partial", ((("email",), {"keep_start": 1}), (("email",), {"keep_end": 0}))),
    "mask_email": ("partial", ((("email",), {}), (("email",), {"domain": "tld", "keep_start": 0}))),
    "mask_phone": ("partial", ((("email",), {}),)),
    "mask_card": ("partial", ((("email",), {}),)),
    "mask_iban": ("partial", ((("email",), {}),)),
    "mask_ip": ("partial", ((("email",), {}), (("email",), {"keep_groups": 0}))),
    "mask_name": ("partial", ((("email",), {}), (("email",), {"keep": "first_initial"}))),
    "mask_text": ("redact", ((("email",), {"more": {"o'k": "C-[0-9]+"}}),)),
    "generalize_date": ("generalize", ((("email",), {}), (("email",), {"to": "week"}))),
    "generalize_number": ("generalize", (
        (("email", 10), {}), (("email", 0.5), {"lower": 1, "upper": 9, "output": "label"}),
    )),
    "generalize_geo": ("generalize", ((("email",), {}),)),
    "noise": ("noise", ((("email", 3, ["id"]), {}), (("email", 3, ["id", "email"]), {"distribution": "uniform"}))),
    "date_shift": ("shift", ((("email", ["id"]), {}), (("email", ["id"]), {"type": "timestamp"}))),
    "shuffle": ("shuffle", ((("email", ["id"]), {}), (("email", ["id"]), {"within": ["part"]}))),
    "tokenize": ("token", ((("email",), {}),)),
    "detokenize": ("reveal", ((("email",), {}),)),
}  # fmt: skip
CUSTOMERS = FakeRelation(
    "shop.customers", (("email", "varchar"), ("id", "integer"), ("note", "text"))
)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("macro", CALLS)
def test_a_mask_parses_and_is_marked(engine: str, macro: str) -> None:
    word, calls = CALLS[macro]
    for words, options in calls:
        sql = PACKAGES[engine].sql(macro, *words, **options)
        assert re.match(rf"\(/\* headwater:mask={word}( [^*]*)? \*/ ", sql), sql
        (tree,) = sqlglot.parse(f"select {sql} as masked from customers as c", read=engine)
        assert isinstance(tree, exp.Select)
        assert [c.alias_or_name.lower() for c in tree.selects] == ["masked"]
        assert not list(tree.find_all(exp.Command))
        read = {c.name.lower() for c in tree.find_all(exp.Column)}
        keyed = {"key_version", "inner_block", "outer_block", "key_block"}
        vault = {"domain", "value_hash", "token", "value"}
        vaulted = {f"vault_{name}" for name in ("domain", "hash", "token", "value")}
        engines_own = {"user", "current_user", "day", "binary", "decode"}
        wanted = {"email"} | ({"id"} & {str(w) for ws, o in calls for w in [*ws, *o] for w in (w if isinstance(w, list) else [w])})  # fmt: skip
        wanted |= {"part"} if options.get("within") else set()
        assert wanted <= read <= wanted | keyed | vault | vaulted | engines_own, read


@pytest.mark.parametrize("engine", ["postgres", "duckdb"])
@pytest.mark.parametrize("mode", ["mask", "drop"])
def test_masked_json_parses(engine: str, mode: str) -> None:
    sql = PACKAGES[engine].sql("mask_json", "payload", ["a", "b[*].c", ["d.e", "[*]"]], mode=mode)
    (tree,) = sqlglot.parse(f"select {sql} as masked from customers", read=engine)
    assert sql.startswith("(/* headwater:mask=redact */ ")
    assert "payload" in {c.name for c in tree.find_all(exp.Column)}


TESTS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "test_no_raw_pii": ((CUSTOMERS,), {}),
    "test_is_pseudonymised": ((CUSTOMERS, "email"), {"key_versions": [1, 2]}),
    "test_masked_differs_from": ((CUSTOMERS, "email", "raw", "e-mail", ["id"]), {}),
    "test_k_anonymity": ((CUSTOMERS, ["id", "note"]), {"k": 3}),
    "test_l_diversity": ((CUSTOMERS, ["id"], "note"), {"l": 3}),
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("test", TESTS)
def test_a_generic_test_parses_and_shows_no_value(engine: str, test: str) -> None:
    """Its last select has counts, names of columns and of patterns, and nothing else."""
    words, options = TESTS[test]
    (tree,) = sqlglot.parse(PACKAGES[engine].sql(test, *words, **options), read=engine)
    assert isinstance(tree, exp.Select)
    last = tree.args["with_"].expressions[-1]
    shown = {c.alias_or_name.lower() for c in last.this.selects}
    if "*" in shown:  # of the one before it
        shown = {c.alias_or_name.lower() for c in tree.args["with_"].expressions[-2].this.selects}
    sizes = {"group_size", "group_count", "value_count", "row_count", "raw_row_count",
             "unmasked_row_count", "raw_value_count", "column_name", "pattern"}  # fmt: skip
    assert shown <= sizes, shown


def test_where_masks_are_not_offered_they_say_so() -> None:
    for macro in ("mask_partial", "generalize_date"):
        with pytest.raises(
            WrongArgumentError, match=r"headwater\.masking\(\): bad argument 'target'"
        ):
            PACKAGES["fabric"].sql(macro, "email")
    with pytest.raises(WrongArgumentError, match=r"mask_json\(\): bad argument 'target'"):
        PACKAGES["snowflake"].sql("mask_json", "payload", ["a"])
