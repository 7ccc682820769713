from __future__ import annotations

from pathlib import Path

import pytest

from headwater.cli.bases import Bases, outdated
from headwater.cli.options import Inputs
from headwater.core.errors import UsageError
from headwater.core.project import Node, Project
from headwater.graph.build import build_graph
from headwater.pipeline import Loaded


def head(root: Path) -> Loaded:
    nodes = {
        f"model.shop.{name}": Node(
            f"model.shop.{name}",
            "model",
            name,
            "shop",
            raw_sql="select 1",
            path=f"models/{name}.sql",
        )
        for name in ("a", "b", "gone")
    }
    project = Project("shop", "duckdb", "1.11.0", 12, "", nodes, root=str(root))
    return Loaded(project, build_graph(project, {}), {})


def test_files_that_were_edited_since(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "a.sql").write_text("select 1\n")
    (tmp_path / "models" / "b.sql").write_text("select 2\n")
    asked = head(tmp_path), Inputs(), Bases(base="main")
    assert outdated(*asked) == (
        "1 file was edited after the manifest was written (models/b.sql): run 'dbt compile', or add "
        "--compile"
    )
    assert outdated(head(tmp_path), Inputs(compile=True), Bases(base="main")) == ""
    assert outdated(head(tmp_path), Inputs(), Bases()) == ""


def test_two_bases(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="--state and --base both name a base"):
        Bases(state=Path("x"), base="main").given()
    monkeypatch.setenv("DBT_STATE", "prod")
    assert Bases().given() == Path("prod")
    assert Bases(base="main").given() is None
