"""The masks, on Postgres and on DuckDB, are what models in Python say, for any value.

All masks of all values of an example are one query on each engine.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import hypothesis.strategies as st
import masking_models as model
import pytest
from hypothesis import HealthCheck, event, example, given, settings
from projects import connect
from rendering import Package, note_executed

Run = Callable[[str], list[tuple[Any, ...]]]
ENGINES = ("postgres", "duckdb")
PACKAGES = {engine: Package(engine) for engine in ENGINES}
BYTES = {"postgres": "decode('{}', 'hex')", "duckdb": "unhex('{}')"}
TYPES = {"postgres": ("bytea", "text", "timestamptz"), "duckdb": ("blob", "varchar", "timestamp")}

#: RFC 4231, test cases 1 to 7: key, data, what HMAC-SHA-256 gives (of case 5 the first 128 bits).
VECTORS = (
    ("0b" * 20, "4869205468657265", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    ("4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
     "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    ("aa" * 20, "dd" * 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    ("0102030405060708090a0b0c0d0e0f10111213141516171819", "cd" * 50,
     "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
    ("0c" * 20, "546573742057697468205472756e636174696f6e", "a3b6167473100ee06e0c796c2955552b"),
    ("aa" * 131, "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374",
     "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
    ("aa" * 131, "5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d73697a65206b657920616e642061206c6172676572207468616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565647320746f20626520686173686564206265666f7265206265696e6720757365642062792074686520484d414320616c676f726974686d2e",
     "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
)  # fmt: skip


@pytest.fixture(scope="module")
def engines(postgres: Mapping[str, str]) -> Iterator[dict[str, Run]]:
    """How to run a select on each engine; both have the same key, of version 1."""
    server = connect(postgres)
    server.autocommit = True
    cursor, local = server.cursor(), duckdb.connect()

    def on_postgres(sql: str) -> list[tuple[Any, ...]]:
        cursor.execute(sql)
        return list(cursor.fetchall()) if cursor.description else []

    runs: dict[str, Run] = {
        "postgres": on_postgres,
        "duckdb": lambda s: local.execute(s).fetchall(),
    }
    for engine, run in runs.items():
        run("drop schema if exists hw_mask_models cascade")
        run("create schema hw_mask_models")
        kind, text, moment = TYPES[engine]
        run(
            f"create table hw_mask_models.masking_keys (key_version int, inner_block {kind}, outer_block {kind})"
        )
        run(
            f"create table hw_mask_models.token_vault (domain {text}, value_hash {text}, token {text}, value {text},"
            f" created_at {moment}, primary key (domain, value_hash), unique (domain, token))"
        )
        key = BYTES[engine].format(model.KEY.hex())
        blocks = [PACKAGES[engine].sql("hmac_block", key, pad) for pad in (54, 92)]
        run(f"insert into hw_mask_models.masking_keys select 1, {', '.join(blocks)}")
    yield runs
    runs["postgres"]("drop schema hw_mask_models cascade")
    server.close()
    local.close()
    note_executed(PACKAGES.values())


def of(engine: str, macro: str, *words: Any, **options: Any) -> str:
    """A macro's expression, with the keys and the vault of these tests."""
    sql = PACKAGES[engine].sql(macro, *words, **options)
    return sql.replace('"headwater_masking"', '"hw_mask_models"')


def literal(value: Any) -> str:
    """A text, or NULL, as an SQL literal."""
    return "null" if value is None else "'" + str(value).replace("'", "''") + "'"


plain = st.text(st.characters(max_codepoint=0x2FFF, exclude_categories=("Cs", "Cn", "Co"), exclude_characters="\x00"), max_size=12)  # fmt: skip
wide = st.text("aé\u0301ßñ王伟\u0131🙂@.:-* \t\n\u00a0", max_size=8)
digits = st.integers(1, 20).flatmap(lambda n: st.text("0123456789", min_size=n, max_size=n))
emails = st.builds(
    "{}@{}.{}".format, st.text("abé.+-_0", max_size=5), st.text("ab-.ü", max_size=4), st.text("com@ ", max_size=3)
)  # fmt: skip
phones = st.text("+0123456789 ()-/.x", max_size=18)
cards = st.lists(st.text("0123456789", min_size=4, max_size=4), min_size=2, max_size=5).map(
    " ".join
)
ibans = st.builds("{}{}{}".format, st.sampled_from(["DE", "gb", "X\u0131", "1A"]), digits, digits)
v4 = st.lists(st.sampled_from([0, 1, 9, 57, 203, 255, 256, "01", ""]), min_size=3, max_size=5).map(
    lambda parts: ".".join(map(str, parts))
)
v6 = st.lists(
    st.sampled_from(["", "0", "0db8", "2001", "ffff", "a", "00010", "g"]), max_size=9
).map(":".join)
addresses = st.ip_addresses().map(str) | st.ip_addresses(v=6).map(lambda a: a.exploded.upper())
ips = st.builds(
    "{}{}".format, v4 | v6 | addresses, st.sampled_from(["", "/32", "/x", ":203.0.113.9"])
)
texts = st.one_of(st.none(), plain, wide, digits, emails, phones, cards, ibans, ips)

#: What is no address, of which nothing may be shown (clocks and MACs have colons too); what is one.
NO_IPS = (
    "0:0:0", "0:0:0:", "0:0:0:0", "1:2:", ":1:2:3", "a:b:c:d:e:f", "12:30:45:99", "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:", "1:2:3:4::5:6:7:8", "1::2::3", ":::", ":", "",
    "1:2:3:00010::", "g::", "fe80::1%eth0", "1:2:3:1.2.3.4", "1:2:3:4:5:6:7:1.2.3.4",
    "::256.0.0.1", "::1.2.3", "::1.2.3.4:5", "::01.2.3.4", "1.2.3", "1.2.3.4.5", "1.2.3.256",
    "1.2.3.04",
)  # fmt: skip
IPS = (
    "::", "::1", "1::", "1:2::", "1:2:3::", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8",
    "1::3:4:5:6:7:8", "1:2:3:4:5:6::8", "1:2:3:4:5:6:7:8", "0001:0000:0AbC::8/64",
    "::ffff:203.0.113.9", "1:2:3:4:5:6:203.0.113.9", "1:2::4:5:6:203.0.113.9", " 203.0.113.57 ",
    "0.0.0.0", "255.255.255.255/32",
)  # fmt: skip

#: What is called, and its model.
MASKS: tuple[tuple[str, dict[str, Any], Callable[[str], Any]], ...] = (
    ("hash_pii", {}, model.hash_pii),
    ("hash_pii", {"length": 32}, lambda v: model.hash_pii(v)[:35]),
    ("mask_partial", {}, lambda v: model.partial(v, 0, 4)),
    ("mask_partial", {"keep_start": 2, "keep_end": 1}, lambda v: model.partial(v, 2, 1)),
    ("mask_partial", {"keep_end": 0}, lambda v: model.partial(v, 0, 0)),
    ("mask_partial", {"keep_end": 3, "min_hidden": 1, "hidden_length": 2},
     lambda v: model.partial(v, 0, 3, 1, 2)),
    ("mask_email", {}, model.email),
    ("mask_email", {"keep_start": 2, "domain": "tld"}, lambda v: model.email(v, 2, "tld")),
    ("mask_email", {"keep_start": 0, "domain": "mask"}, lambda v: model.email(v, 0, "mask")),
    ("mask_phone", {}, model.phone),
    ("mask_phone", {"keep_end": 4}, lambda v: model.phone(v, 4)),
    ("mask_card", {}, model.card),
    ("mask_card", {"keep_start": 6}, lambda v: model.card(v, 6)),
    ("mask_iban", {}, model.iban),
    ("mask_ip", {}, model.ip),
    ("mask_ip", {"keep_octets": 1, "keep_groups": 1}, lambda v: model.ip(v, 1, 1)),
    ("mask_ip", {"keep_octets": 0, "keep_groups": 0}, lambda v: model.ip(v, 0, 0)),
    ("mask_name", {}, model.name),
    ("mask_name", {"keep": "first_initial"}, model.first_initial),
)  # fmt: skip
examples = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
@settings(examples)
@given(values=st.lists(texts, min_size=20, max_size=60))
@example(values=[*NO_IPS, *IPS])
def test_masks_of_texts_equal_their_models(
    engines: dict[str, Run], engine: str, values: list[str | None]
) -> None:
    mail = {"domain": "e-mail", "normalize": ["email"]}
    masks = [*MASKS, ("hash_pii", mail, lambda v: model.hash_email(v, engine))]
    calls = ", ".join(of(engine, macro, "given", **options) for macro, options, _ in masks)
    rows = ", ".join(f"({place}, {literal(value)})" for place, value in enumerate(values))
    kind = TYPES[engine][1]
    answer = engines[engine](
        f"select {calls} from (select place, cast(given as {kind}) as given"
        f" from (values {rows}) as v (place, given)) as v order by place"
    )
    for value, got in zip(values, answer, strict=True):
        for (macro, options, expected), masked in zip(masks, got, strict=True):
            wanted = None if value is None else expected(value)
            assert masked == wanted, (macro, options, value)
            if value and wanted == value:
                event(f"{macro} changed nothing")  # '***' is masked as itself


@pytest.mark.parametrize("engine", ENGINES)
@settings(examples, max_examples=15)
@given(
    values=st.lists(
        st.tuples(
            st.none() | st.decimals(-1000, 1000, places=3, allow_nan=False),
            st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
            st.none() | plain,
        ),
        min_size=5,
        max_size=30,
    )
)
def test_numbers_and_dates_equal_their_models(
    engines: dict[str, Run],
    engine: str,
    values: list[tuple[Decimal | None, date | None, str | None]],
) -> None:
    calls = [
        of(engine, "generalize_number", "n", 10),
        of(engine, "generalize_number", "n", 0.25, lower=-20, upper=500),
        of(engine, "generalize_number", "n", 50, lower=0, upper=500, output="label"),
        of(engine, "generalize_geo", "n", 0.5),
        of(engine, "noise", "n", 3, ["s"]),
        of(engine, "noise", "n", 2.5, ["s"], distribution="uniform"),
        *(of(engine, "generalize_date", "d", to=to) for to in ("year", "quarter", "month", "week")),
        of(engine, "date_shift", "d", ["s"], max_days=30),
    ]
    casts = (
        f"cast(n as decimal(12, 3)) as n, cast(d as date) as d, cast(s as {TYPES[engine][1]}) as s"
    )
    rows = ", ".join(f"({i}, {', '.join(map(literal, row))})" for i, row in enumerate(values))
    answer = engines[engine](
        f"select {', '.join(calls)} from (select i, {casts} from (values {rows}) as v (i, n, d, s)) as v order by i"
    )
    for (number, day, subject), got in zip(values, answer, strict=True):
        _check_number(number, subject, got[:6])
        _check_day(day, subject, got[6:])


def _check_number(number: Decimal | None, subject: str | None, got: tuple[Any, ...]) -> None:
    if number is None:
        assert got == (None,) * 6
        return
    assert got[0] == model.cell(number, Decimal(10))
    quarter = model.cell(number, Decimal("0.25"))
    assert got[1] == (-20 if number < -20 else 500 if number >= 500 else quarter)
    edge = int(model.cell(number, Decimal(50)))
    assert got[2] == (
        "<0" if number < 0 else ">=500" if number >= 500 else f"[{edge}, {edge + 50})"
    )
    assert got[3] == (model.cell(number, Decimal("0.5")) if abs(number) <= 180 else None)
    for noisy, scale, kind in ((got[4], 3, "laplace"), (got[5], 2.5, "uniform")):
        wanted = None if subject is None else model.noise(number, scale, subject, kind)
        assert noisy == (None if wanted is None else pytest.approx(wanted, abs=1e-9))


def _check_day(day: date | None, subject: str | None, got: tuple[Any, ...]) -> None:
    if day is None:
        assert got == (None,) * 5
        return
    month = day.replace(day=1)
    assert got[:3] == (
        month.replace(month=1),
        month.replace(month=(day.month - 1) // 3 * 3 + 1),
        month,
    )
    assert got[3] == date.fromordinal(day.toordinal() - day.weekday())
    assert got[4] == (None if subject is None else model.date_shift(day, subject, 30))
    assert got[4] != day


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text('ab.é"\\', max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "email", "é.x"]), inner, max_size=3)
    ),
    max_leaves=12,
)
PATHS = (["email"], ["a.b"], ["a[*].b", "email"], [["é.x"], "b[*]"], ["a[*][*].email"], ["$.a"])


@pytest.mark.parametrize("engine", ENGINES)
@settings(examples, max_examples=15)
@given(values=st.lists(st.none() | json_values, min_size=5, max_size=20))
def test_masked_json_equals_its_model(
    engines: dict[str, Run], engine: str, values: list[Any]
) -> None:
    calls = [(paths, mode) for paths in PATHS for mode in ("mask", "drop")]
    kind = TYPES[engine][1]
    sql = ", ".join(f"cast({of(engine, 'mask_json', 'j', p, mode=m)} as {kind})" for p, m in calls)
    documents = [*(json.dumps(value) for value in values), 'no json {"email": "x"}', "", None]
    rows = ", ".join(f"({i}, {literal(text)})" for i, text in enumerate(documents))
    answer = engines[engine](
        f"select {sql} from (select i, cast(j as {kind}) as j from (values {rows}) as v (i, j)) as v order by i"
    )
    assert answer[-1] == (None,) * len(calls)
    assert {json.loads(text) for row in answer[-3:-1] for text in row} == {"***"}
    for value, got in zip(values, answer, strict=False):
        for (paths, mode), text in zip(calls, got, strict=True):
            wanted = value
            for path in paths:
                wanted = model.json_masked(wanted, _steps(path), mode)
            assert json.loads(text) == wanted, (value, paths, mode)


def _steps(path: Any) -> tuple[str, ...]:
    if isinstance(path, list):
        return tuple(path)
    return tuple(path.removeprefix("$.").replace("[*]", ".*").split("."))


PLANTED = {
    "hanna.muster@example.com": "[email]", "jürgen@bücher.example": "[email]",
    "DE89 3704 0044 0532 0130 00": "[iban]", "GB29NWBK60161331926819": "[iban]",
    "4111 1111 1111 1111": "[card]", "378282246310005": "[card]", "078-05-1120": "[ssn]",
    "203.0.113.57": "[ip]", "2001:db8:85a3::8a2e:370:7334": "[ip]", "2001:db8:0:0:1:0:0:1": "[ip]",
    "+49 151 23456789": "[phone]", "(555) 010-2030": "[phone]", "0151/2345678": "[phone]",
    "C-4711": "[customer]",
}  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
@settings(examples, max_examples=15)
@given(
    lines=st.lists(
        st.lists(st.sampled_from([*PLANTED, "called", "um 12 Uhr:", "王伟", "(sic)"]), max_size=7),
        min_size=3,
        max_size=15,
    )
)
def test_what_is_planted_in_a_text_is_found(
    engines: dict[str, Run], engine: str, lines: list[list[str]]
) -> None:
    call = of(engine, "mask_text", "given", more={"customer": "C-[0-9]{4}"})
    rows = ", ".join(f"({i}, {literal(' and '.join(line))})" for i, line in enumerate(lines))
    answer = engines[engine](f"select {call} from (values {rows}) as v (i, given) order by i")
    assert [text for (text,) in answer] == [
        " and ".join(PLANTED.get(word, word) for word in line) for line in lines
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_the_test_vectors_of_rfc_4231(engines: dict[str, Run], engine: str) -> None:
    package = PACKAGES[engine]
    for key, data, wanted in VECTORS:
        given_key = BYTES[engine].format(key)
        inner, outer = (package.sql("hmac_block", given_key, pad) for pad in (54, 92))
        hashed = package.sql("hmac_sha256", "hash_pii", "given", 1)
        for block, sql in (("inner_block", inner), ("outer_block", outer)):
            (looked_up,) = (package.sql("_key_part", "hash_pii", 1, block),)
            hashed = hashed.replace(looked_up, sql)
        hashed = hashed.replace(package.sql("text_bytes", "given"), BYTES[engine].format(data))
        assert "masking_keys" not in hashed
        ((got,),) = engines[engine](f"select {hashed}")
        assert got[: len(wanted)] == wanted


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("macro", ["hash_pii", "noise", "date_shift", "shuffle"])
def test_a_missing_key_is_an_error_and_no_value(
    engines: dict[str, Run], engine: str, macro: str
) -> None:
    words = {"hash_pii": ["v"], "noise": ["1", 2, ["v"]], "date_shift": ["date '2026-01-01'", ["v"]],
             "shuffle": ["v", ["v"]]}[macro]  # fmt: skip
    call = of(engine, macro, *words, key_version=7)
    rows = ", ".join(f"('secret {n}')" for n in range(9))
    with pytest.raises(Exception, match=r"there is no masking key of version 7") as error:
        engines[engine](
            f"create table hw_mask_models.made as select {call} as x from (values {rows}) as t (v)"
        )
    assert f"headwater.{macro}(): there is no masking key of version 7; make it with" in str(
        error.value
    )
    assert "secret 1" not in str(error.value).partition("LINE")[0]
    with pytest.raises(Exception, match="made"):
        engines[engine]("select * from hw_mask_models.made")


@pytest.mark.parametrize("engine", ENGINES)
def test_domains_and_versions_have_hashes_of_their_own(
    engines: dict[str, Run], engine: str
) -> None:
    """Frames keep `a` + `b:x` apart from `a:b` + `x`; hashes of two domains never join."""
    calls = [of(engine, "hash_pii", "given", domain=d) for d in ("a", "a.b", "b")]
    ((one, other, third),) = engines[engine](
        f"select {', '.join(calls)} from (values ('x')) as v (given)"
    )
    assert len({one, other, third}) == 3
    assert (one, other) == (model.hash_pii("x", "a"), model.hash_pii("x", "a.b"))


@pytest.mark.parametrize("engine", ENGINES)
def test_shuffled_rows_have_values_of_others(engines: dict[str, Run], engine: str) -> None:
    """Exactly the next key's value; in a group of fewer than five rows nothing."""
    people = {f"p{n}": n * 100 if n % 4 else None for n in range(23)}
    rows = ", ".join(
        f"({literal(k)}, {'null' if v is None else v}, 'big')" for k, v in people.items()
    )
    rows += ", ('lonely', 1, 'small'), ('pair', 2, 'small')"
    call = of(engine, "shuffle", "pay", ["id"], within=["part"])
    got = dict(engines[engine](f"select id, {call} from (values {rows}) as v (id, pay, part)"))
    assert (got.pop("lonely"), got.pop("pair")) == (None, None)
    assert got == model.shuffled(people)
    assert not [key for key in people if people[key] is not None and got[key] == people[key]]


@pytest.mark.parametrize("engine", ENGINES)
def test_tokens_come_from_the_vault_and_go_back(engines: dict[str, Run], engine: str) -> None:
    run = engines[engine]
    source = (
        "select * from (values ('a@x.org'), ('b@x.org'), ('a@x.org'), (''), (null)) as v (mail)"
    )
    fill = of(engine, "fill_vault", source, "mail", domain="email")
    call, back = (
        of(engine, "tokenize", "mail", domain="email"),
        of(engine, "detokenize", "token", domain="email"),
    )
    with pytest.raises(Exception, match=r"run headwater\.fill_vault before") as error:
        run(f"select {call} from ({source}) as given")
    assert "a@x.org" not in str(error.value).partition("LINE")[0]
    for _ in range(2):  # the second time changes nothing
        run(fill)
    assert run("select count(*) from hw_mask_models.token_vault") == [(3,)]
    rows = run(
        f"select mail, token, {back} from (select mail, {call} as token from ({source}) as given) as t"
    )
    assert {mail: shown for mail, _, shown in rows} == {
        "a@x.org": "a@x.org",
        "b@x.org": "b@x.org",
        "": "",
        None: None,
    }
    tokens = {mail: token for mail, token, _ in rows}
    assert len(set(tokens.values())) == 4
    assert all(len(token) == 36 and token.startswith("tok_") for token in tokens.values() if token)
    ((unknown,),) = run(f"select {back} from (values ('tok_0')) as t (token)")
    assert unknown is None


@pytest.mark.parametrize("engine", ENGINES)
def test_of_what_is_no_address_nothing_is_shown(engines: dict[str, Run], engine: str) -> None:
    rows = ", ".join(f"({place}, {literal(text)})" for place, text in enumerate(NO_IPS))
    calls = [of(engine, "mask_ip", "given", keep_groups=groups) for groups in range(5)]
    answer = engines[engine](
        f"select {', '.join(calls)} from (values {rows}) as v (place, given) order by place"
    )
    assert answer == [("****",) * 5] * len(NO_IPS)


#: Numbers that no double holds, or only just: an error of a cast would show them.
FAR_NUMBERS = (
    "1e999", "-1e999", "1e-999", "1" + "0" * 400, "0." + "0" * 400 + "1", "9.9e299", "1e-299", "NaN", "-Infinity",
    "1.5.2", "e5", "",
)  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_a_number_out_of_range_is_no_error(engines: dict[str, Run], engine: str) -> None:
    calls = [
        of(engine, "noise", "given", 2, ["given"]),
        of(engine, "generalize_number", "given", 10, lower=0, upper=50, output="label"),
        of(engine, "generalize_geo", "given"),
    ]
    rows = ", ".join(f"({place}, {literal(text)})" for place, text in enumerate(FAR_NUMBERS))
    answer = engines[engine](
        f"select {', '.join(calls)} from (values {rows}) as v (place, given) order by place"
    )
    got = dict(zip(FAR_NUMBERS, answer, strict=True))
    for text in ("1e999", "-1e999", "1" + "0" * 400, "NaN", "-Infinity", "1.5.2", "e5", ""):
        assert got[text] == (None, None, None), text
    assert got["1e-299"][1] == "[0, 10)"
    if engine == "postgres":
        assert got["9.9e299"][:2] == (9.9e299, ">=50")


HASHED = "'k1_" + "0" * 64 + "'"
#: A test of the package, the rows of a table of a key and a text, and what the test finds.
ODD_TABLES: tuple[tuple[str, dict[str, Any], tuple[str, ...], list[tuple[int, ...]]], ...] = (
    ("k_anonymity", {"quasi_identifiers": ["v"]}, (), []),
    ("k_anonymity", {"quasi_identifiers": ["v"]}, ("1, null",), [(1, 1)]),
    ("k_anonymity", {"quasi_identifiers": ["v"]}, ("1, null",) * 5, []),
    ("k_anonymity", {"quasi_identifiers": ["v"], "k": 2}, ("1, 'a'", "1, ''", "2, ''"), [(1, 1)]),
    ("l_diversity", {"quasi_identifiers": ["id"], "sensitive": "v"}, (), []),
    ("l_diversity", {"quasi_identifiers": ["id"], "sensitive": "v"}, ("1, null",) * 3, [(0, 1, 3)]),
    ("l_diversity", {"quasi_identifiers": ["id"], "sensitive": "v"}, ("1, 'a'",), [(1, 1, 1)]),
    ("l_diversity", {"quasi_identifiers": ["id"], "sensitive": "v"}, ("1, 'a'", "1, 'b'"), []),
    ("is_pseudonymised", {"column_name": "v"}, (), []),
    ("is_pseudonymised", {"column_name": "v"}, ("1, null",), []),
    ("is_pseudonymised", {"column_name": "v"}, ("1, ''", f"2, {HASHED}", f"3, {HASHED} || chr(10)"), [(3, 2)]),
    ("is_pseudonymised", {"column_name": "v", "key_versions": ["11"]}, (f"1, {HASHED}",), [(1, 1)]),
    ("is_pseudonymised", {"column_name": "v", "kinds": ["token"]}, (f"1, {HASHED}",), [(1, 1)]),
    ("no_raw_pii", {"columns": ["v"]}, (), []),
    ("no_raw_pii", {"columns": ["v"]}, ("1, null", "2, ''", "3, ' '"), []),
    ("masked_differs_from", {"column_name": "v", "to_column": "v"}, (), []),
    ("masked_differs_from", {"column_name": "v", "to_column": "v"}, ("1, null", "2, ''"), []),
    ("masked_differs_from", {"column_name": "v", "to_column": "v", "key": ["id"]}, ("1, 'a'", "null, 'b'"), [(1,)]),
)  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_tables_without_rows_or_values(engines: dict[str, Run], engine: str) -> None:
    kind = TYPES[engine][1]
    for name, options, rows, wanted in ODD_TABLES:
        table = f"(select cast(null as integer) as id, cast(null as {kind}) as v where false"
        table = " union all select ".join([table, *rows]) + ")"
        other = {"to": "odd_table"} if name == "masked_differs_from" else {}
        sql = of(engine, f"test_{name}", "odd_table", **options, **other)
        got = engines[engine](f"with odd_table as {table} select * from ({sql}) as found")
        assert got == wanted, (name, options, rows)
