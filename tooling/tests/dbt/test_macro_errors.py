"""What a macro says when it is called wrongly: the whole text, since errors are UI."""

from __future__ import annotations

from projects import DbtProject

COLUMNS = "a list of column names, such as ['customer_id', 'valid_from']"
LONG = "n" * 64
ACCENTED = "é" * 32

# Each call, and the lines that dbt prints for it.
WRONG_CALLS = {
    "surrogate_key('customer_id, valid_from')": (
        "headwater.surrogate_key(): bad argument 'columns'",
        f"  expected: {COLUMNS}",
        "  got: the string 'customer_id, valid_from'",
        "  hint: write ['customer_id', 'valid_from']",
    ),
    "row_hash('email')": (
        "headwater.row_hash(): bad argument 'columns'",
        f"  expected: {COLUMNS}",
        "  got: the string 'email'",
        "  hint: write ['email']",
    ),
    "row_hash([])": (
        "headwater.row_hash(): bad argument 'columns'",
        f"  expected: {COLUMNS}",
        "  got: an empty list",
    ),
    "row_hash('')": (
        "headwater.row_hash(): bad argument 'columns'",
        f"  expected: {COLUMNS}",
        "  got: an empty string",
    ),
    "row_hash(none)": (
        "headwater.row_hash(): bad argument 'columns'",
        f"  expected: {COLUMNS}",
        "  got: none",
    ),
    "row_hash(7)": (
        "headwater.row_hash(): bad argument 'columns'",
        f"  expected: {COLUMNS}",
        "  got: the number 7",
    ),
    "row_hash({'a': 1})": (
        "headwater.row_hash(): bad argument 'columns'",
        f"  expected: {COLUMNS}",
        "  got: a mapping",
    ),
    "row_hash(['a', 7])": (
        "headwater.row_hash(): bad argument 'columns'",
        f"  expected: {COLUMNS}",
        "  got: the number 7 at position 2",
    ),
    "row_hash(['a', ' '])": (
        "headwater.row_hash(): bad argument 'columns'",
        f"  expected: {COLUMNS}",
        "  got: an empty string at position 2",
    ),
    "row_hash([['a', 'b']])": (
        "headwater.row_hash(): bad argument 'columns'",
        f"  expected: {COLUMNS}",
        "  got: a list of 2 at position 1",
    ),
    "row_hash(['a', 'b', 'a'])": (
        "headwater.row_hash(): bad argument 'columns'",
        "  expected: each column once",
        "  got: 'a' twice",
    ),
    "surrogate_key(['a'], all_null='zero')": (
        "headwater.surrogate_key(): bad argument 'all_null'",
        "  expected: one of 'hash', 'null'",
        "  got: the string 'zero'",
    ),
    "get_quoted_identifiers('a')": (
        "headwater.get_quoted_identifiers(): bad argument 'columns'",
        f"  expected: {COLUMNS}",
        "  got: the string 'a'",
        "  hint: write ['a']",
    ),
    "quote_identifier(true)": (
        "headwater.quote_identifier(): bad argument 'name'",
        "  expected: the name of one column or relation",
        "  got: the boolean true",
    ),
    f"quote_identifier('{LONG}')": (
        "headwater.quote_identifier(): bad argument 'name'",
        "  expected: at most 63 bytes, which is all that postgres keeps of a name",
        f"  got: 64 bytes: '{LONG}'",
    ),
    f"quote_identifier('{ACCENTED}')": (
        "headwater.quote_identifier(): bad argument 'name'",
        "  expected: at most 63 bytes, which is all that postgres keeps of a name",
        f"  got: 64 bytes: '{ACCENTED}'",
    ),
}


def test_wrong_calls_name_macro_argument_expected_and_got(dbt_project: DbtProject) -> None:
    """One model per call; `execute` keeps the parse from stopping at the first of them."""
    for number, call in enumerate(WRONG_CALLS):
        sql = f"select {{% if execute %}}{{{{ headwater.{call} }}}}{{% endif %}} as value"
        dbt_project.write({f"models/call_{number:02}.sql": sql})
    ran = dbt_project.run("run", code=1)
    wrong = {}
    for number, (call, lines) in enumerate(WRONG_CALLS.items()):
        message = str(ran.results[f"model.consumer.call_{number:02}"]["message"])
        head, _, calls = message.partition("> in macro")
        said = [line.strip() for line in head.splitlines() if line.strip()]
        if said[1:] != [line.strip() for line in lines] or not calls:
            wrong[call] = message
    assert not wrong


def test_columns_are_looked_for_when_the_model_runs(dbt_project: DbtProject) -> None:
    """A missing column is named as it was written; a list may be empty while dbt parses."""
    given = "from (select 1 as amount) as given"
    names = "adapter.get_columns_in_relation(ref('rows')) | map(attribute='name') | list"
    dbt_project.write(
        {
            "models/hash.sql": f"select {{{{ headwater.row_hash(['Amout']) }}}} as value {given}",
            "models/key.sql": f"select {{{{ headwater.surrogate_key(['Amout']) }}}} as k {given}",
            "models/rows.sql": "select 1 as amount, 'x' as note",
            "models/hashed.sql": f"select {{{{ headwater.row_hash({names}) }}}} as value\n"
            "from {{ ref('rows') }}",
        }
    )
    ran = dbt_project.run("run", code=1)
    for name in ("hash", "key"):
        message = ran.results[f"model.consumer.{name}"]["message"]
        assert 'column "Amout" does not exist' in message
    assert dbt_project.sql("select length(value) from hashed") == [(64,)]


def test_a_wrong_argument_stops_the_parse_and_names_the_model(dbt_project: DbtProject) -> None:
    sql = "select {{ headwater.surrogate_key('a, b') }} as value"
    dbt_project.write({"models/wrong.sql": sql})
    output = dbt_project.run("parse", code=2).output
    assert "Compilation Error in model wrong (models/wrong.sql)" in output
    assert "hint: write ['a', 'b']" in output
