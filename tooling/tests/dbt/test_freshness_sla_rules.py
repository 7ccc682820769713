"""freshness_sla() and `lineage freshness` judge a promise alike; both follow a change of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from typing import Any

import pytest
import sqlglot
from hypothesis import given, settings
from hypothesis import strategies as st
from rendering import PREFIXES, FakeRelation, Package, WrongArgumentError

from headwater.core.sla import ERROR, PASS, Sla, SlaError, instant, judge, parse_sla, zone_of

POSTGRES = Package("postgres")
ZONES = (
    "UTC", "Europe/Berlin", "Europe/Dublin", "America/New_York", "America/Sao_Paulo",
    "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Apia", "America/Nuuk",
)  # fmt: skip
NOTHING: dict[str, Any] = {
    "max_age": None, "by": None, "tz": "UTC", "days": "daily", "calendar": None, "grace": None,
    "as_of": "2026-03-30",
}  # fmt: skip
minutes = st.integers(0, 60 * 24 * 800)


def cutoff(**given: Any) -> datetime | None:
    """What the macro says that the newest row may not be older than."""
    promise = POSTGRES._sla_promise("freshness_sla", {**NOTHING, **given})
    found = POSTGRES._sla_cutoff(promise)
    assert found is None or isinstance(found, datetime)
    return found


def moment(minute: int) -> datetime:
    """So many minutes after the beginning of 2025."""
    return datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)


@settings(max_examples=150, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    days=st.sets(st.integers(0, 6), min_size=1),
    holidays=st.sets(st.integers(0, 800), max_size=20),
    by=st.one_of(st.none(), st.integers(0, 1439)),
    hours=st.integers(1, 100),
    now=minutes,
    age=st.integers(0, 60 * 24 * 12),
    grace=st.one_of(st.none(), st.integers(1, 60 * 50)),
)
def test_both_judge_alike(
    zone: str,
    days: set[int],
    holidays: set[int],
    by: int | None,
    hours: int,
    now: int,
    age: int,
    grace: int | None,
) -> None:
    names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    closed = frozenset(date(2025, 1, 1) + timedelta(days=n) for n in holidays)
    at, as_of = moment(now), moment(now) - timedelta(minutes=age)
    sla = Sla(
        max_age=None if by is not None else timedelta(hours=hours),
        by=None if by is None else clock(*divmod(by, 60)),
        tz=zone, days=frozenset(days), calendar="all", grace=timedelta(minutes=grace or 0),
    )  # fmt: skip
    allowed = cutoff(
        max_age=None if by is not None else f"{hours}h", tz=zone,
        by=None if by is None else f"{by // 60:02}:{by % 60:02}",
        days=[names[n] for n in days], calendar=sorted(map(str, closed)),
        as_of=f"{at:%Y-%m-%d %H:%M}", grace=None if grace is None else f"{grace}m",
    )  # fmt: skip
    is_late = allowed is not None and as_of < allowed
    assert is_late == (judge(sla, as_of, at, {"all": closed}).status == ERROR)


def test_both_judge_a_deadline_in_a_skipped_midnight_alike() -> None:
    given = {"by": "23:30", "tz": "America/Nuuk"}
    now = datetime(2025, 3, 30, 2, tzinfo=UTC)
    opened = cutoff(**given, as_of=f"{now:%Y-%m-%d %H:%M}")
    assert opened == datetime(2025, 3, 29, 2, tzinfo=UTC)
    ends = [judge(parse_sla(given), opened - timedelta(seconds=s), now).status for s in (0, 1)]
    assert ends == [PASS, ERROR]


@settings(max_examples=150, deadline=None)
@given(zone=st.sampled_from(ZONES), day=st.integers(0, 800), minute=st.integers(0, 1439))
def test_local_times_are_the_same_moments(zone: str, day: int, minute: int) -> None:
    local = date(2025, 1, 1) + timedelta(days=day)
    found = POSTGRES._sla_moment(local, minute, POSTGRES._sla_zone("freshness_sla", zone))
    assert found == instant(local, clock(*divmod(minute, 60)), zone_of(zone))


@pytest.mark.parametrize(
    ("day", "minute", "utc"),
    [
        (date(2026, 3, 29), 150, "2026-03-29 01:30"),  # 02:30 is skipped: 01:30 UTC, then 03:30
        (date(2026, 10, 25), 150, "2026-10-25 00:30"),  # 02:30 comes twice: the first
        (date(2026, 10, 25), 180, "2026-10-25 02:00"),  # 03:00 comes once, in winter time
    ],
)
def test_a_change_of_clocks(day: date, minute: int, utc: str) -> None:
    zone = POSTGRES._sla_zone("freshness_sla", "Europe/Berlin")
    assert f"{POSTGRES._sla_moment(day, minute, zone):%Y-%m-%d %H:%M}" == utc


def test_while_in_grace_the_day_before_counts() -> None:
    given = {"by": "07:00", "tz": "Europe/Berlin", "grace": "30m"}
    assert cutoff(**given, as_of="2026-03-31 05:29") == datetime(2026, 3, 29, 22, tzinfo=UTC)
    assert cutoff(**given, as_of="2026-03-31 05:30") == datetime(2026, 3, 30, 22, tzinfo=UTC)


WRONG: dict[str, dict[str, Any]] = {
    "bad argument 'tz'\n  expected: the name of a time zone, such as 'Europe/Berlin'\n"
    "  got: the string 'Europe/Berln'\n  hint: did you mean 'Europe/Berlin'?": {
        "by": "07:00", "tz": "Europe/Berln"},
    "bad argument 'max_age'\n  expected: either 'max_age' or 'by'\n  got: neither": {},
    "bad argument 'max_age'\n  expected: either 'max_age' or 'by'\n  got: both": {
        "max_age": "24h", "by": "07:00"},
    "bad argument 'max_age'\n  expected: a length of time, such as 90m, 24h, 2d or 1h30m\n"
    "  got: the string '24x'": {"max_age": "24x"},
    "bad argument 'by'\n  expected: a time of day, such as '07:00'\n  got: the string '25:00'": {
        "by": "25:00"},
    "bad argument 'days'\n  expected: any of mon, tue, wed, thu, fri, sat, sun, daily, weekdays,"
    " weekends, mon-fri\n  got: the string 'noday'": {"by": "07:00", "days": ["noday"]},
    "bad argument 'by'\n  expected: a time of day, such as '07:00'\n  got: the number 7": {"by": 7},
    "bad argument 'calendar'\n  expected: dates such as '2026-12-25'\n"
    "  got: the string '2026-02-30'": {"by": "07:00", "calendar": ["2026-02-30"]},
    "bad argument 'calendar'\n  expected: a list of dates, or a name in the variable 'calendars'\n"
    "  got: the string 'bank'": {"by": "07:00", "calendar": "bank"},
    "bad argument 'as_of'\n  expected: a moment in UTC, such as '2026-11-23 08:00'\n"
    "  got: the string 'noon'": {"by": "07:00", "as_of": "noon"},
}  # fmt: skip


@pytest.mark.parametrize("said", WRONG)
def test_what_is_wrong_is_told(said: str) -> None:
    with pytest.raises(WrongArgumentError) as error:
        cutoff(**WRONG[said])
    assert str(error.value) == f"headwater.freshness_sla(): {said}"


DAY_WORDS: list[Any] = [
    "mon-fri", "Mon - Fri", "fri-mon", "sat,sun", ["monday", "tues", "Thurs"], "weekday", "SUNDAYS",
    ["mon-wed", "sat"], "sun-sun", "mon-friday", "wednes", "weekends", "daily", ["Monday, friday"],
    "mondy", "mon-fri-sun", "xday", 1, [1, 2], "mon-", "", "-", "satday", "dailys", "sunrise", "mo",
]  # fmt: skip


CLOCKS: dict[Any, int | None] = {
    "07:00": 420, "7:05": 425, "7am": 420, "7 AM": 420, "12am": 0, "12:30pm": 750, "2:30pm": 870,
    " 11pm ": 1380, 420: 420, 1439: 1439, 7: None, 59: None, 1440: None, "13pm": None, "0am": None,
    "7:60am": None, "24:00": None, "07:00:30": None, "7": None, "7h": None, "": None, True: None,
}  # fmt: skip


def test_times_of_day_are_read_alike() -> None:
    for text, wanted in CLOCKS.items():
        try:
            by = parse_sla({"by": text}).by
            found = None if by is None else by.hour * 60 + by.minute
        except SlaError:
            found = None
        assert found == wanted, text
        try:
            assert POSTGRES._sla_minutes("freshness_sla", text) == wanted, text
        except WrongArgumentError:
            assert wanted is None, text


def test_days_are_read_alike() -> None:
    for words in DAY_WORDS:
        try:
            known = parse_sla({"by": "07:00", "days": words}).days
        except SlaError:
            with pytest.raises(WrongArgumentError):
                POSTGRES._sla_days("freshness_sla", words)
        else:
            assert set(POSTGRES._sla_days("freshness_sla", words)) == known, words
    assert parse_sla({"by": "07:00", "days": "fri-mon"}).days == {4, 5, 6, 0}
    assert parse_sla({"by": "07:00", "days": "monday, friday"}).days == {0, 4}


def test_durations_are_read_alike() -> None:
    for text, seconds in {"90m": 5400, "1h30m": 5400, "2 days": 172800, "1w": 604800}.items():
        assert POSTGRES._sla_duration("freshness_sla", "max_age", text) == seconds
    given = {"count": 12, "period": "hour"}
    assert POSTGRES._sla_duration("freshness_sla", "max_age", given) == 43200


ROWS = FakeRelation("shop.orders", (("loaded_at", "timestamp"),))


@pytest.mark.parametrize("engine", PREFIXES)
@pytest.mark.parametrize("tool", ["fivetran", "airbyte", "airbyte_v1", "stitch", "dlt"])
def test_every_engine_can_read_it(engine: str, tool: str) -> None:
    package, read = Package(engine), "tsql" if engine == "fabric" else engine
    words = {"as_of": "2026-03-30", "per": ["country"]}
    fresh = package.sql(
        "test_freshness_sla", ROWS, preset=tool, max_age="24h", event_column="at", **words
    )
    full = package.sql("test_completeness_by_period", ROWS, preset=tool, lookback=3, **words)
    for sql in (fresh, full):
        (tree,) = sqlglot.parse(sql, read=read)
        assert tree is not None
        columns = {c.name.lower() for c in tree.find_all(sqlglot.exp.Column)}
        assert columns & {"_fivetran_synced", "_airbyte_extracted_at", "_airbyte_emitted_at",
                          "_sdc_batched_at", "_dlt_load_id"}  # fmt: skip


@pytest.mark.parametrize("engine", ["postgres", "duckdb"])
@pytest.mark.parametrize(
    ("loaded", "found"),
    [
        (["2026-03-28 21:00"], ("late", "2026-03-28 21:00:00", 0)),
        (["2026-03-29 22:00"], None),  # the beginning of the day that is due
        (["2026-03-29 21:59:59"], ("late", "2026-03-29 21:59:59", 0)),
        (["2026-03-29 23:00", "2026-03-30 05:05"], None),  # clocks may differ by five minutes
        (["2026-03-29 23:00", "2026-03-30 05:06"], ("in the future", "2026-03-29 23:00:00", 1)),
        (["2030-01-01"], ("late", None, 1)),
        ([None], ("no time", None, 0)),
        ([], ("no rows", None, 0)),
    ],
)
def test_what_the_test_selects(
    engines: Any, engine: str, loaded: list[str | None], found: tuple[Any, ...] | None
) -> None:
    """With `store_failures` dbt reads its columns, and does not only count rows."""
    times = ["null" if at is None else f"timestamp '{at}'" for at in loaded] or ["null"]
    rows = " union all ".join(f"select cast({at} as timestamp) as at" for at in times)
    model = f"(select * from ({rows}) as loads where {bool(loaded)}) as loads"
    sql = Package(engine).sql(
        "test_freshness_sla", model, column="at", by="07:00", tz="Europe/Berlin",
        as_of="2026-03-30 05:00",
    )  # fmt: skip
    answer = [
        (row[1], str(row[2]) if row[2] else None, int(row[4] or 0)) for row in engines[engine](sql)
    ]
    assert answer == ([] if found is None else [found])
    if found is not None:
        assert str(engines[engine](sql)[0][3]) == "2026-03-29 22:00:00"


@pytest.mark.parametrize("engine", PREFIXES)
def test_every_engine_can_read_the_run_log(engine: str) -> None:
    package = Package(engine)
    awkward = 'it\'s \\ "x" $$ \n \x00 \ud800 end'
    row = {"invocation_id": "1", "node_id": awkward, "seconds": 1.5, "started_at": moment(3)}
    rows = {"nodes": [row] * 1201, "invocations": [{"invocation_id": "1", "is_empty": True}]}
    tables = {name: f"log.{name}" for name in ("nodes", "invocations")}
    inserts = package._run_log_inserts(tables, rows)
    assert len(inserts) == 4
    for sql in inserts:
        (tree,) = sqlglot.parse(sql, read="tsql" if engine == "fabric" else engine)
        assert isinstance(tree, sqlglot.exp.Insert)
    assert inserts[1].count("1.500000") == 500
    texts = [e.this for e in sqlglot.parse_one(inserts[3], read=engine if engine != "fabric" else "tsql")
             .find_all(sqlglot.exp.Literal) if e.is_string]  # fmt: skip
    wanted = 'it\'s \\ "x" $$ \n  ? end'
    assert wanted in texts or engine == "bigquery"


def test_a_text_may_hold_what_stands_between_texts() -> None:
    tables = {"nodes": "log.nodes"}
    texts = ["it's", "a ~headwater~9d41c7~ b", " ~headwater~9d41c7~ ", ""]
    rows = [{"invocation_id": "1", "node_id": text} for text in texts]
    (sql,) = POSTGRES._run_log_inserts(tables, {"nodes": rows})
    assert [line.split(", ")[1] for line in sql.splitlines()[1:]] == [
        "'it''s'", "'a ~headwater~9d41c7~ b'", "' ~headwater~9d41c7~ '", "null",
    ]  # fmt: skip


def test_large_rows_are_sent_in_more_statements() -> None:
    row = {"invocation_id": "1", "node_id": "n", "message": "x" * 9000}
    inserts = POSTGRES._run_log_inserts({"nodes": "log.nodes"}, {"nodes": [row] * 400})
    assert len(inserts) > 4
    assert max(map(len, inserts)) < 900_000


SECRET = "s3cr3tV4lue"
SHAPES = (
    "postgres://u:p@{}@h/db", "redis://:{}@h", "jdbc:x://h?user=a&password={}&y", "user:{}@host",
    "host=x password={} failed", "password='{} with space'", '"password": "{}"', "PGPASSWORD={}",
    "api_key => {}", "X-Api-Key: {}", "Authorization: Bearer {}abcdefgh", "token={}&x=1",
    "aws_secret_access_key = {}/a+d==", "AccountKey={}==;Endpoint", "?sv=2020&sig={}%2B", "pass: {}",
    "alter role x password '{}'", "create user x identified by '{}'", "DBT_ENV_SECRET_X={}",
    "create secret s (type s3, key '{}')", "secret (KEY => '{}')", "(type x,key = '{}')",
    "credentials = (azure_sas_token = '{}')", "credentials=(aws_token='a)' aws_secret_key = '{}')",
    "encryption = (type = 'x' master_key = '{}')", "master_symmetric_key '{}'", "signing_key='{}'",
    "api key: {}", "SharedAccessSignature={}", "set-cookie: x={}", "run --password {} --x",
    '"password":{{"value":"{}"}}', "'password': ['{}']", "password=('a]' , '{}')", "x={{token: [{}]}}",
    "password='a''{}'", "password='a\\'{}'", 'password="a\\"{}"', 'password="a""{}"', "password='{}",
    "password E'{}'", "password = U&'{}'", "password $${}$$", "password = $x${}$x$", "token := '{}'",
    "password is '{}'", "set x.token to '{}'", "set_config('x.pin', '{}', true)", 'token\\": \\"{}\\"',
    "password\\n = {}",
)  # fmt: skip
TOKENS = (
    "AKIA" + "A" * 16, "ghp_" + "a" * 36, "github_pat_" + "a" * 40, "glpat-" + "a" * 20,
    "xoxb-1234-" + "a" * 20, "sk-proj-" + "a" * 30, "dapi" + "a" * 32, "AIza" + "a" * 35,
    "dbtc_" + "a" * 30, "eyJhbGciOiJIUzI1NiJ9.e30.abc", "-----BEGIN PRIVATE KEY-----\nMII",
    "-----BEGIN PGP PRIVATE KEY BLOCK-----\nabc", "rk_live_" + "a" * 24, "ya29." + "a" * 30,
    "SG." + "a" * 22 + "." + "b" * 43, "pypi-" + "a" * 40, "shpat_" + "a" * 32, "hvs." + "a" * 24,
    "dckr_pat_" + "a" * 27, "dop_v1_" + "a" * 64, "AGE-SECRET-KEY-1" + "Q" * 58, "xapp-1-" + "A" * 30,
)  # fmt: skip


def test_what_looks_like_a_secret_is_not_kept() -> None:
    for shape in SHAPES:
        assert SECRET not in POSTGRES._redacted(shape.format(SECRET), []), shape
    for token in TOKENS:
        assert POSTGRES._redacted(f"said: {token}", []) == "said: [redacted]"
    for plain in (
        'relation "token_counts" does not exist',
        "Got 3 results, configured to fail if != 0",
        "INSERT 0 12",
        "mail to ann@example.com at 12:30",
        "password_reset is no column",
        'column "api_key" not found, "token" must appear in GROUP BY, at or near "secret"',
        'violates unique constraint "x_pkey" DETAIL: Key (id)=(3) already exists.',
        "merge needs (unique_key 'id'), primary key (id), sort key 'd', foreign key ('a', 'b')",
        "KeyError: 'abc'; key 'abc' not found; password authentication failed for user \"x\"",
    ):
        assert POSTGRES._redacted(plain, []) == plain


@pytest.mark.parametrize(
    "part", ["a-", "'", '"', "('", "password=", "key '", "--token ", "token=['", "\\n"]
)
def test_a_long_message_is_cut_and_takes_no_time(part: str) -> None:
    assert len(POSTGRES._redacted(part * 300_000 + "@", [])) <= 1000
