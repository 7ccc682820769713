"""Small projects as artifacts on disk, and edits to them: what a developer does between two runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

Entry = dict[str, Any]
COLUMNS = ("id", "a", "b", "c", "D")
_SECTIONS = {
    "source": "sources",
    "exposure": "exposures",
    "unit_test": "unit_tests",
    "semantic_model": "semantic_models",
    "metric": "metrics",
    "function": "functions",
}


@dataclass
class Shop:
    """The entries of a manifest by id, a catalog (id -> column names), and CSV files of seeds."""

    random: Random
    entries: dict[str, Entry] = field(default_factory=dict)
    catalog: dict[str, list[str]] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    count: int = 0

    # -- entries -----------------------------------------------------------------------------

    def add(self, kind: str, parents: list[str] | None = None, **more: Any) -> str:
        """A new entry; its id."""
        self.count += 1
        name = more.pop("name", f"{kind[:3]}{self.count}")
        key = f"{kind}.shop.{name}"
        entry: Entry = {
            "resource_type": kind,
            "name": name,
            "package_name": "shop",
            "original_file_path": f"{kind}s/{name}",
            "config": {},
            "depends_on": {"nodes": parents or []},
        }
        if kind in ("model", "source", "seed", "snapshot"):
            entry["relation_name"] = f'"db"."main"."{name}"'
        self.entries[key] = entry | more
        return key

    def declared(self, *columns: str) -> dict[str, Entry]:
        """Columns as YAML declares them."""
        return {name: {"name": name} for name in columns}

    def sample(self) -> list[str]:
        """Some column names."""
        return self.random.sample(COLUMNS, self.random.randint(1, len(COLUMNS)))

    def of(self, *kinds: str) -> list[str]:
        """The ids of these kinds."""
        return sorted(k for k, e in self.entries.items() if e["resource_type"] in kinds)

    def one(self, *kinds: str) -> str | None:
        """One id of these kinds, if there is one."""
        found = self.of(*kinds)
        return self.random.choice(found) if found else None

    # -- SQL ---------------------------------------------------------------------------------

    def write_sql(self, key: str) -> None:
        """New SQL and new inputs for a model or snapshot."""
        readable = [k for k in self.of("model", "source", "seed") if k != key]
        before = [k for k in readable if self._rank(k) < self._rank(key)] or readable[:1]
        parents = self.random.sample(before, min(len(before), self.random.randint(1, 2)))
        entry = self.entries[key]
        entry["compiled_code"] = entry["raw_code"] = self._sql(parents)
        entry["depends_on"] = {"nodes": parents}

    def _rank(self, key: str) -> int:
        return int("".join(c for c in self.entries[key]["name"] if c.isdigit()) or 0)

    def _sql(self, parents: list[str]) -> str:
        relations = [self._relation(p) for p in parents]
        ctes = ", ".join(
            f"{r} as ({self.entries[p].get('compiled_code', 'select 1 as id')})"
            for p, r in zip(parents, relations, strict=True)
            if r.startswith("__dbt__cte__")
        )
        start = f"with {ctes} " if ctes else ""
        first, last = relations[0], relations[-1]
        a, b = self.random.choice(COLUMNS), self.random.choice(COLUMNS)
        columns = ", ".join(self.sample())
        return start + self.random.choice(
            (
                f"select {columns} from {first}",
                f"select {columns}, 1 as one from {first} where {a} > 1",
                f"select * from {first}",
                f"select *, {a} as extra from {first} order by {b}",
                f"select {a}, count({b}) as n from {first} group by 1",
                f"select l.{a}, r.{b} as other from {first} l join {last} r on l.id = r.id",
                f"select * from {first} union all select * from {last}",
                f"select id, lower({a}) as low from {first} where id in (select {b} from {last})",
                f"select {columns} from {first} join elsewhere.known k using (id)",
            )
        )

    def _relation(self, key: str) -> str:
        entry = self.entries[key]
        return entry.get("relation_name") or f"__dbt__cte__{entry['name']}"

    # -- files -------------------------------------------------------------------------------

    def write(self, folder: Path) -> None:
        """Everything as files of a dbt project."""
        target = folder / "target"
        target.mkdir(parents=True, exist_ok=True)
        (folder / "seeds").mkdir(exist_ok=True)
        (folder / "dbt_project.yml").write_text("name: shop\n")
        for name in (path.name for path in (folder / "seeds").iterdir()):
            (folder / "seeds" / name).unlink()
        for key, header in self.headers.items():
            if key in self.entries:
                (folder / self.entries[key]["original_file_path"]).write_text(f"{header}\n")
        (target / "manifest.json").write_text(json.dumps(self.manifest()))
        catalog = target / "catalog.json"
        catalog.unlink(missing_ok=True)
        if self.catalog is not None:
            catalog.write_text(json.dumps(self._catalog()))

    def manifest(self) -> Entry:
        """The manifest as dbt would write it."""
        value: Entry = {
            "metadata": {
                "dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
                "dbt_version": "1.11.0",
                "adapter_type": "postgres",
                "project_name": "shop",
            },
            "nodes": {},
            "sources": {},
        }
        for key, entry in self.entries.items():
            section = _SECTIONS.get(entry["resource_type"], "nodes")
            value.setdefault(section, {})[key] = entry
        return value

    def _catalog(self) -> Entry:
        tables = {
            key: {
                "columns": {
                    name: {"name": name, "index": at, "type": "int"}
                    for at, name in enumerate(columns)
                },
                "stats": {"num_rows": {"value": len(columns)}} if "a" in columns else {},
            }
            for key, columns in (self.catalog or {}).items()
        }
        schema = "https://schemas.getdbt.com/dbt/catalog/v1.json"
        sources = {k: t for k, t in tables.items() if k.startswith("source.")}
        nodes = {k: t for k, t in tables.items() if k not in sources}
        return {"metadata": {"dbt_schema_version": schema}, "nodes": nodes, "sources": sources}


def made(seed: int) -> Shop:
    """A project with a bit of everything, or of most things."""
    shop = Shop(Random(seed))
    for at in range(2):
        columns = shop.declared(*shop.sample()) if at or shop.random.random() < 0.5 else {}
        shop.add("source", columns=columns)
    seed_id = shop.add("seed")
    shop.entries[seed_id]["original_file_path"] = "seeds/seed.csv"
    shop.headers[seed_id] = "id,a"
    for _ in range(shop.random.randint(3, 7)):
        _add_model(shop)
    for _ in range(shop.random.randint(1, 4)):
        _add_consumer(shop)
    if shop.random.random() < 0.3:
        _change_catalog(shop)
    return shop


# -- edits ---------------------------------------------------------------------------------------


def _add_model(shop: Shop) -> None:
    key = shop.add(shop.random.choice(("model", "model", "model", "snapshot")))
    if key.startswith("model") and shop.random.random() < 0.2:
        shop.entries[key]["relation_name"] = None
    shop.write_sql(key)


def _add_consumer(shop: Shop) -> None:
    model = shop.one("model", "source")
    if model is None:
        return
    column = shop.random.choice(COLUMNS)
    kind = shop.random.choice(("not_null", "custom", "exposure", "unit", "semantic", "function"))
    if kind == "not_null":
        test = {"name": "not_null", "kwargs": {"column_name": column}}
        shop.add("test", [model], test_metadata=test, column_name=column, attached_node=model)
    elif kind == "custom":
        sql = f"select {column} from {shop._relation(model)} where {column} < 0"
        shop.add("test", [model], compiled_code=sql, raw_code=sql)
    elif kind == "exposure":
        shop.add("exposure", [model], type="dashboard")
    elif kind == "function":
        shop.add("function", [])
    elif kind == "unit":
        rows = [{column: 1}] if shop.random.random() < 0.5 else []
        shop.add("unit_test", [model], model=model, expect={"rows": rows}, given=[])
    else:
        entity = shop.add("semantic_model", [model], dimensions=[{"name": "d", "expr": column}])
        shop.entries[entity]["measures"] = [{"name": "m", "expr": f"{column} + 1", "agg": "sum"}]
        shop.add("metric", [entity], type_params={"measure": {"name": "m"}})


def _change_sql(shop: Shop) -> None:
    key = shop.one("model", "snapshot")
    if key is not None:
        shop.write_sql(key)


def _add_filter(shop: Shop) -> None:
    key = shop.one("model", "snapshot")
    if key is not None and shop.entries[key].get("compiled_code"):
        shop.entries[key]["compiled_code"] += " limit 5"


def _add_column(shop: Shop) -> None:
    key = shop.one("model")
    if key is not None and (shop.entries[key].get("compiled_code") or "").startswith("select "):
        sql = shop.entries[key]["compiled_code"].removeprefix("select ")
        shop.entries[key]["compiled_code"] = f"select 1 as added{shop.count}, {sql}"


def _remove(shop: Shop) -> None:
    key = shop.random.choice(sorted(shop.entries))
    if len(shop.of("model")) > 1:
        del shop.entries[key]
        for entry in shop.entries.values() if shop.random.random() < 0.5 else ():
            entry["depends_on"]["nodes"] = [p for p in entry["depends_on"]["nodes"] if p != key]


def _rename(shop: Shop) -> None:
    key = shop.one("model", "source")
    if key is None:
        return
    entry = shop.entries.pop(key)
    new = f"{key}_x"
    shop.entries[new] = entry | {"name": f"{entry['name']}_x"}
    for reader in shop.entries.values():
        nodes = reader["depends_on"]["nodes"]
        reader["depends_on"]["nodes"] = [new if p == key else p for p in nodes]


def _declare(shop: Shop) -> None:
    key = shop.one("source", "model", "seed")
    if key is not None:
        shop.entries[key]["columns"] = shop.declared(*shop.sample())


def _describe(shop: Shop) -> None:
    shop.entries[shop.random.choice(sorted(shop.entries))]["description"] = f"words {shop.count}"


def _change_relation(shop: Shop) -> None:
    key = shop.one("model", "source")
    if key is not None:
        names = ('"db"."main"."moved"', "elsewhere.known", None)
        shop.entries[key]["relation_name"] = shop.random.choice(names)


def _change_kind_of_code(shop: Shop) -> None:
    key = shop.one("model")
    if key is not None:
        if shop.random.random() < 0.5:
            shop.entries[key]["language"] = "python"
        else:
            shop.entries[key]["compiled_code"] = None


def _change_catalog(shop: Shop) -> None:
    if shop.catalog is not None and shop.random.random() < 0.3:
        shop.catalog = None
        return
    shop.catalog = dict(shop.catalog or {})
    for _ in range(2):
        key = shop.one("source", "model", "seed")
        if key is not None:
            shop.catalog[key] = shop.sample()


def _change_header(shop: Shop) -> None:
    for key in shop.headers:
        shop.headers[key] = ",".join(shop.sample())


def _make_cycle(shop: Shop) -> None:
    key = shop.one("model")
    below = [k for k, e in shop.entries.items() if key in e["depends_on"]["nodes"]]
    if key is not None and below:
        shop.entries[key]["depends_on"]["nodes"] = [below[0]]


def _shuffle(shop: Shop) -> None:
    keys = sorted(shop.entries)
    shop.random.shuffle(keys)
    shop.entries = {key: shop.entries[key] for key in keys}


def _read_undeclared(shop: Shop) -> None:
    key, other = shop.one("model"), shop.one("model", "source")
    if key is not None and other is not None and shop.entries[other].get("relation_name"):
        relation = shop.entries[other]["relation_name"]
        shop.entries[key]["compiled_code"] = f"select id, a from {relation}"


def _own_group(shop: Shop) -> None:
    shop.entries[shop.random.choice(sorted(shop.entries))]["group"] = "finance"


EDITS: dict[str, Callable[[Shop], None]] = {
    edit.__name__.strip("_"): edit
    for edit in (
        *(_add_model, _add_consumer, _change_sql, _add_filter, _add_column, _remove, _rename),
        *(_declare, _describe, _change_relation, _change_kind_of_code, _change_catalog),
        *(_change_header, _make_cycle, _shuffle, _read_undeclared, _own_group),
    )
}
