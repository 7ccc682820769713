"""The kept state of a project: the same answer, or none."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from headwater.cache import states
from headwater.cache.folder import cache_folder
from headwater.cache.stamp import code_stamp
from headwater.cache.states import WarmState, identity, look, read_warm, write_warm
from headwater.core.columns import ColumnRef
from headwater.core.edges import NodeLineage
from headwater.core.project import Node, Project
from headwater.graph.build import build_graph

NAME = identity(["manifest.json"])


@pytest.fixture
def state() -> WarmState:
    """One source and one model that reads it."""
    source = Node("source.shop.raw.o", "source", "o", relation="o")
    model = Node("model.shop.a", "model", "a", sql="select id from o", parents=(source.id,))
    project = Project("shop", "postgres", "1.12", 12, "", {model.id: model, source.id: source})
    lineage = NodeLineage(model.id, ("id",), (0,), (ColumnRef(source.id, "id"),))
    lineages = {model.id: lineage}
    return WarmState(project, build_graph(project, lineages), lineages, ("a warning",))


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """A file that was written long ago."""
    path = tmp_path / "manifest.json"
    path.write_text("one")
    _age(path)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where states are kept."""
    return tmp_path / "cache"


def _age(path: Path, monkey: float = 100) -> None:
    at = time.time() - monkey
    os.utime(path, (at, at))


def _calm(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file counts as written just now (a change time cannot be set back)."""
    monkeypatch.setattr(states, "_RACY_NS", -1)


def test_the_state_comes_back(folder: Path, manifest: Path, state: WarmState) -> None:
    write_warm(folder, NAME, state, [look(manifest)])
    found = read_warm(folder, NAME)
    assert found is not None
    assert found.project.nodes["model.shop.a"] == state.project.nodes["model.shop.a"]
    assert list(found.graph.edges()) == list(state.graph.edges())
    assert dict(found.lineages) == dict(state.lineages)
    assert found.warnings == ("a warning",)
    assert "model.shop.a" in found.lineages
    assert len(found.lineages) == 1


def test_nothing_kept_is_no_state(folder: Path) -> None:
    assert read_warm(folder, NAME) is None


def test_a_changed_file_ends_the_state(
    folder: Path, manifest: Path, state: WarmState, monkeypatch: pytest.MonkeyPatch
) -> None:
    _calm(monkeypatch)
    write_warm(folder, NAME, state, [look(manifest)])
    assert read_warm(folder, NAME) is not None
    manifest.write_text("two")
    assert read_warm(folder, NAME) is None


def test_a_file_written_just_now_is_compared_by_content(
    folder: Path, manifest: Path, state: WarmState
) -> None:
    write_warm(folder, NAME, state, [look(manifest)])
    before = manifest.stat()
    manifest.write_text("two")
    os.utime(manifest, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert read_warm(folder, NAME) is None


def test_a_file_written_again_with_the_same_content_will_do(
    folder: Path, manifest: Path, state: WarmState
) -> None:
    write_warm(folder, NAME, state, [look(manifest)])
    manifest.write_text("one")
    assert read_warm(folder, NAME) is not None


def test_how_a_racy_file_looks_is_brought_up_to_date(
    folder: Path, manifest: Path, state: WarmState, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_warm(folder, NAME, state, [look(manifest)])
    _calm(monkeypatch)
    assert read_warm(folder, NAME) is not None

    def refuse(path: str) -> bytes:
        raise AssertionError(f"{path} was read")

    monkeypatch.setattr(states, "_digest", refuse)
    assert read_warm(folder, NAME) is not None


def test_a_file_that_comes_or_goes_ends_the_state(
    folder: Path, manifest: Path, tmp_path: Path, state: WarmState
) -> None:
    catalog = tmp_path / "catalog.json"
    write_warm(folder, NAME, state, [look(manifest), look(catalog)])
    assert read_warm(folder, NAME) is not None
    catalog.write_text("{}")
    assert read_warm(folder, NAME) is None
    write_warm(folder, NAME, state, [look(manifest), look(catalog)])
    catalog.unlink()
    assert read_warm(folder, NAME) is None


def test_a_file_named_from_here_is_found_from_elsewhere(
    folder: Path, manifest: Path, state: WarmState, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(manifest.parent)
    write_warm(folder, NAME, state, [look(manifest.name)])
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert read_warm(folder, NAME) is not None
    manifest.write_text("two")
    assert read_warm(folder, NAME) is None


def test_other_code_does_not_use_the_state(
    folder: Path, manifest: Path, state: WarmState, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_warm(folder, NAME, state, [look(manifest)])
    monkeypatch.setattr(states, "code_stamp", lambda: b"other")
    assert read_warm(folder, NAME) is None


@pytest.mark.parametrize("suffix", ["state", "inputs"])
def test_no_damage_gets_through(
    suffix: str, folder: Path, manifest: Path, state: WarmState
) -> None:
    write_warm(folder, NAME, state, [look(manifest)])
    path = folder / f"{NAME}.{suffix}"
    whole = path.read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 200)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        assert read_warm(folder, NAME) is None
        path.write_bytes(whole[:at])
        assert read_warm(folder, NAME) is None
        path.write_bytes(whole)


def test_a_state_of_another_write_is_not_mixed_in(
    folder: Path, manifest: Path, state: WarmState
) -> None:
    write_warm(folder, NAME, state, [look(manifest)])
    old = (folder / f"{NAME}.state").read_bytes()
    write_warm(folder, NAME, state, [look(manifest)])
    (folder / f"{NAME}.state").write_bytes(old)
    assert read_warm(folder, NAME) is None


def test_a_write_that_fails_leaves_what_was_there(
    folder: Path, manifest: Path, state: WarmState, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_warm(folder, NAME, state, [look(manifest)])

    def full(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_warm(folder, NAME, state, [look(manifest)])
    monkeypatch.undo()
    assert read_warm(folder, NAME) is not None
    assert sorted(path.name for path in folder.iterdir()) == [f"{NAME}.inputs", f"{NAME}.state"]


def test_only_the_newest_states_stay(folder: Path, manifest: Path, state: WarmState) -> None:
    for number in range(states.KEPT_STATES + 3):
        write_warm(folder, f"{number:02}", state, [look(manifest)])
        _age(folder / f"{number:02}.state", 50 - number)
    write_warm(folder, "last", state, [look(manifest)])
    names = sorted(path.stem for path in folder.glob("*.state"))
    assert len(names) == states.KEPT_STATES
    assert "last" in names
    assert "00" not in names
    assert sorted(path.stem for path in folder.glob("*.inputs")) == names


def test_what_a_killed_run_left_is_taken_away(
    folder: Path, manifest: Path, state: WarmState
) -> None:
    folder.mkdir()
    left = folder / f".{NAME}.state.123"
    left.write_bytes(b"half")
    _age(left, 7_200)
    write_warm(folder, NAME, state, [look(manifest)])
    assert not left.exists()


def test_the_code_stamp_is_one_per_code() -> None:
    assert code_stamp() == code_stamp()
    assert len(code_stamp()) == 16


@pytest.mark.parametrize(
    ("environ", "folder"),
    [
        ({"HEADWATER_CACHE_DIR": "/c", "XDG_CACHE_HOME": "/x"}, "/c"),
        ({"XDG_CACHE_HOME": "/x"}, "/x/headwater"),
    ],
)
def test_where_caches_are_kept(
    environ: dict[str, str], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert cache_folder(environ) == Path(folder)


def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr(Path, "home", nobody)
    monkeypatch.setattr("sys.platform", "linux")
    assert cache_folder({}) is None
