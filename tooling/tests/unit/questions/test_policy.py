"""A policy file's content: what it means, and what is said when it means nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.core.errors import PolicyError
from headwater.questions.policy import FailOn, Needed, Policy, Where, fits
from headwater.questions.policy_parse import WHERE, parse_policy

FILE = "lineage.yml"
FULL = {
    "fail_on": "rows",
    "severity": [
        {"exposure": "*", "owner": "Finance*", "verdict": ["rows", "value"], "level": "error"},
        {"tag": "/^pii/", "level": "error"},
        {"select": "marts,tag:nightly", "kind": "row order", "level": "off"},
    ],
    "budgets": [{"verdict": "value", "at_most": 10}],
    "require": [
        {"what": "test", "tests": ["unique", "not_null"], "column": "*_id"},
        {"what": "lineage", "always": True, "level": "warning"},
    ],
    "waivers": [
        {"node": "orders", "column": "amount", "reason": "wanted", "author": "Ann",
         "expires": "2026-12-31"},
        {"node": "old_*", "reason": "going", "author": "Bo", "expires": date(2027, 1, 1)},
    ],
    "baseline": "known.json",
}  # fmt: skip


def test_everything_a_policy_can_say() -> None:
    policy = parse_policy(FULL, FILE)
    assert policy.fail_on is FailOn.ROWS
    assert policy.severities[0].where == Where(
        exposures=("*",), owners=("Finance*",), verdicts=("rows", "value")
    )
    assert policy.severities[2].place == "severity[3]"
    assert (policy.budgets[0].at_most, policy.budgets[0].level) == (10, "error")
    assert policy.requirements[0].of == "column"
    assert (policy.requirements[1].what, policy.requirements[1].of) == (Needed.LINEAGE, "node")
    assert [w.expires for w in policy.waivers] == [date(2026, 12, 31), date(2027, 1, 1)]
    assert policy.baseline == "known.json"


def test_off_needs_no_quotes() -> None:
    """YAML reads it as false."""
    policy = parse_policy({"severity": [{"tag": "a", "level": False}]}, FILE)
    assert policy.severities[0].level == "off"


def test_nothing_is_a_policy_too() -> None:
    assert parse_policy(None, FILE) == parse_policy({}, FILE) == Policy(FILE)


ALL = "access, column, exposure, group, kind, level, node, owner, package, path, rule, select, tag, type, verdict"
ERRORS: dict[str, tuple[Any, str]] = {
    "unknown key": (
        {"severty": []},
        "unknown key 'severty' in 'lineage.yml'\n  at: severty\n"
        "  has: baseline, budgets, fail_on, pii, require, severity, waivers\n"
        "  hint: did you mean 'severity'?",
    ),
    "unknown key inside": (
        {"severity": [{"level": "error"}, {"exposre": "*", "level": "error"}]},
        "unknown key 'exposre' in 'lineage.yml'\n  at: severity[2].exposre\n"
        f"  has: {ALL}\n  hint: did you mean 'exposure'?",
    ),
    "bad regex": (
        {"severity": [{"node": ["ok", "/stg_[/"], "level": "error"}]},
        "the regex '/stg_[/' cannot be read in 'lineage.yml'\n  at: severity[1].node\n"
        "  why: unterminated character set at character 5",
    ),
    "bad date": (
        {"waivers": [{"node": "a", "reason": "r", "author": "x", "expires": "31.12.2026"}]},
        "'31.12.2026' is no day in 'lineage.yml'\n  at: waivers[1].expires\n"
        "  hint: write it as year-month-day: 2027-03-31",
    ),
    "no reason": (
        {"waivers": [{"node": "a", "author": "x"}]},
        "no 'reason' in 'lineage.yml'\n  at: waivers[1].reason\n"
        "  hint: say why this is wanted: whoever reads the report wants to know",
    ),
    "waives everything": (
        {"waivers": [{"reason": "r", "author": "x"}]},
        "a waiver of everything in 'lineage.yml'\n  at: waivers[1]\n"
        "  hint: name at least a node, a column, a kind or a verdict",
    ),
    "no level": (
        {"severity": [{"tag": "a"}]},
        "no 'level' in 'lineage.yml'\n  at: severity[1].level\n  has: error, note, off, warning",
    ),
    "unknown level": (
        {"severity": [{"tag": "a", "level": "warn"}]},
        "no level 'warn' in 'lineage.yml'\n  at: severity[1].level\n"
        "  has: error, note, off, warning\n  hint: did you mean 'warning'?",
    ),
    "unknown kind": (
        {"severity": [{"kind": "renamd", "level": "error"}]},
        "no kind 'renamd' in 'lineage.yml'\n  at: severity[1].kind\n"
        "  has: added, built another way, column order, column silently ignored, "
        "full refresh needed, grain, nullability, relation dropped, removed, renamed, row order, "
        "rows, run fails, type, unknown, value\n  hint: did you mean 'renamed'?",
    ),
    "unknown gate": (
        {"fail_on": "value changes"},
        "no fail on 'value changes' in 'lineage.yml'\n  at: fail_on\n"
        "  has: any, breaking, exposures, none, rows, unknown, value",
    ),
    "negative budget": (
        {"budgets": [{"at_most": -1}]},
        "'-1' instead of a whole number from 0 in 'lineage.yml'\n  at: budgets[1].at_most",
    ),
    "a list at the top": (
        ["severity"],
        "a list instead of keys in 'lineage.yml'\n"
        "  has: baseline, budgets, fail_on, pii, require, severity, waivers",
    ),
    "no list": (
        {"waivers": {"node": "a"}},
        "an object instead of a list in 'lineage.yml'\n  at: waivers",
    ),
    "no text": (
        {"severity": [{"tag": 3, "level": "error"}]},
        "'3' instead of a text in 'lineage.yml'\n  at: severity[1].tag",
    ),
    "an empty list": (
        {"severity": [{"tag": [], "level": "error"}]},
        "'tag' is an empty list in 'lineage.yml'\n  at: severity[1].tag\n"
        "  hint: an empty list would fit nothing: leave the key out, or name something",
    ),
    "tests of a description": (
        {"require": [{"what": "description", "tests": "unique"}]},
        "'tests' is for 'what: test' in 'lineage.yml'\n  at: require[1].tests",
    ),
    "an owner of a column": (
        {"require": [{"what": "owner", "of": "column"}]},
        "no of 'column' in 'lineage.yml'\n  at: require[1].of\n  has: node",
    ),
    "always perhaps": (
        {"require": [{"what": "type", "always": "yes"}]},
        "the text 'yes' instead of true or false in 'lineage.yml'\n  at: require[1].always",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ERRORS)
def test_errors(name: str) -> None:
    content, message = ERRORS[name]
    with pytest.raises(PolicyError) as caught:
        parse_policy(content, FILE)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("pattern", "name", "expected"),
    [
        ("stg_*", "stg_orders", True),
        ("stg_*", "my_stg_orders", False),
        ("/stg_/", "my_stg_orders", True),
        ("/^stg_/", "my_stg_orders", False),
        ("orders", "Orders", False),
        ("*@example.org", "ann@example.org", True),
        ("/", "/", True),
    ],
)
def test_patterns(pattern: str, name: str, expected: bool) -> None:
    assert fits([pattern], [name]) is expected


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.just("error"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [*WHERE, *FULL, "level", "at_most", "what", "reason", "author", "expires"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(_VALUES)
def test_any_content_is_a_policy_or_an_error_in_words(content: Any) -> None:
    try:
        said = parse_policy(content, FILE).file
    except PolicyError as error:
        said = str(error)
    assert FILE in said
