"""The public screen: what `import headwater` gives, and what it costs."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from propagation.projects import RAW_SHOP, model, understood

import headwater
from headwater.core.errors import ArtifactError
from headwater.pipeline import Loaded

TOOLING = str(Path(headwater.__file__).parents[1])


def test_the_screen_is_complete() -> None:
    names = (
        "check columns coverage diff freshness impact impact_change load pii runs trace unused verify"
    ).split()
    assert headwater.__all__ == ["__version__", *names]
    for name in headwater.__all__[1:]:
        assert inspect.getdoc(getattr(headwater, name))
    source = inspect.getsource(headwater)
    assert len(source.splitlines()) < 250


def test_importing_costs_nothing() -> None:
    code = "import headwater, json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": TOOLING}, capture_output=True, check=True
    )
    modules = set(json.loads(done.stdout))
    assert modules.isdisjoint({"sqlglot", "networkx", "typer", "rich", "msgspec"})
    assert not any(name.startswith("headwater.questions") for name in modules)


def test_asking_does_not_import_networkx() -> None:
    code = (
        "import headwater.questions.impact, headwater.questions.trace, sys;"
        "sys.exit(bool({'sqlglot', 'networkx', 'rich'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": TOOLING}, check=True)


def test_the_public_functions_ask_the_questions() -> None:
    from questions.shop import shop  # noqa: PLC0415

    loaded = shop()
    answer = headwater.impact(loaded, ["stg_orders.status"], depth=1)  # type: ignore[arg-type]
    assert [str(c.ref) for c in answer.columns] == ["orders.total", "orders.payments"]
    assert headwater.trace(loaded, "orders.total").steps  # type: ignore[arg-type]
    assert headwater.columns(loaded, "orders").columns  # type: ignore[arg-type]
    assert headwater.impact_change(_with_lineages(), ["stg.id"], "drop").nodes
    assert headwater.unused(_with_lineages()).columns
    assert not headwater.pii(_with_lineages(), today=date(2026, 11, 23)).findings
    assert headwater.coverage(loaded, []).line.startswith("Seen 0 of 0")  # type: ignore[arg-type]


def _with_lineages() -> Loaded:
    stg = model("stg", "select id, amount from {raw}")
    return understood(RAW_SHOP, stg, model("fct", "select id from {stg}"))


def test_loading_nothing_is_an_error_with_advice(tmp_path: Path) -> None:
    with pytest.raises(ArtifactError) as caught:
        headwater.load(tmp_path)
    assert "hint:" in str(caught.value)
