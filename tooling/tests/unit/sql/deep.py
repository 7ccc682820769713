"""Texts that are long or deep, by name: the walk must understand them or call them too deep."""

from __future__ import annotations

from collections.abc import Callable


def nested(before: str, after: str, times: int, core: str = "amount") -> str:
    """One value wrapped many times."""
    return f"select {before * times}{core}{after * times} as v from orders"


def chained_ctes(count: int) -> str:
    steps = "".join(
        f", c{i} as (select *, amount + {i} as x{i} from c{i - 1})" for i in range(1, count)
    )
    return f"with c0 as (select id, amount from orders){steps} select * from c{count - 1}"


def nested_ctes(count: int) -> str:
    sql = "select amount from orders"
    for i in range(count):
        sql = f"with c{i} as ({sql}) select amount from c{i}"
    return sql


#: Deep texts that the walk must either understand or call too deep.
DEEP: dict[str, Callable[[], str]] = {
    "10,000 terms": lambda: "select " + " + ".join(["amount", "id"] * 5000) + " as v from orders",
    "10,000 conditions": lambda: (
        "select id as v from orders where " + " and ".join(["amount > 1", "id < 2"] * 5000)
    ),
    "10,000 concatenations": lambda: (
        "select " + " || ".join(["status"] * 10000) + " as v from orders"
    ),
    "5,000 parentheses": lambda: nested("(", ")", 5000),
    "300 parentheses": lambda: nested("(", ")", 300),
    "2,000 calls": lambda: nested("f(", ")", 2000),
    "1,000 cases": lambda: nested("case when id > 1 then status else ", " end", 1000),
    "5,000 cases": lambda: nested("case when id > 1 then status else ", " end", 5000),
    "1,000 subqueries": lambda: "select * from (" * 1000 + "select id from orders" + ") x" * 1000,
    "300 subqueries": lambda: "select * from (" * 300 + "select id as v from orders" + ") x" * 300,
    "5,000 structs": lambda: nested("{'x': ", "}", 5000),
    "3,000 arrays": lambda: nested("array[", "]", 3000),
    "300 types called": lambda: nested("date(", ")", 300),
    "300 structs called": lambda: nested("struct(", ")", 300),
    "300 arrays": lambda: nested("array[", "]", 300),
    "5,000 lists": lambda: nested("[", "]", 5000),
    "5,000 subscripts": lambda: nested("", "[1]", 5000),
    "5,000 casts": lambda: nested("", "::int", 5000),
    "5,000 nots": lambda: nested("not ", "", 5000),
    "100,000 nots": lambda: nested("not ", "", 100_000),
    "5,000 minuses": lambda: nested("- ", "", 5000),
    "5,000 lambdas": lambda: nested("x -> ", "", 5000),
    "3,000 betweens": lambda: nested("", " between id and id", 3000),
    "3,000 array types": lambda: (
        "select cast(id as " + "array<" * 3000 + "int" + ">" * 3000 + ") from orders"
    ),
    "500 CTEs in a chain": lambda: chained_ctes(500),
    "500 CTEs in each other": lambda: nested_ctes(500),
    "100 CTEs in each other": lambda: nested_ctes(100),
    "200 branches": lambda: " union all ".join(
        f"select id, amount + {i} as v from orders" for i in range(200)
    ),
    "2,000 distinct branches": lambda: " union ".join(["select id as v from orders"] * 2000),
    "1,000 exceptions": lambda: " except ".join(["select id as v from orders"] * 1000),
    "500 joins": lambda: (
        "select o.id as v from orders o"
        + "".join(f" join orders o{i} on o{i}.id = o.id" for i in range(500))
    ),
    "300 joins in parentheses": lambda: (
        "select o.id as v from "
        + "(" * 300
        + "orders o"
        + "".join(f" join orders o{i} on o{i}.id = o.id)" for i in range(300))
    ),
    "open parentheses": lambda: "select " + "(" * 5000,
    "open cases": lambda: "select " + "case when id then " * 5000,
    "open comments": lambda: "/*" * 20000 + " select id from orders",
    "an open string": lambda: "select '" + "a" * 100_000,
    "selects": lambda: "select " * 5000,
    "withs": lambda: "with a as " * 5000,
    "joins of nothing": lambda: "select id from orders join " * 2000,
}
