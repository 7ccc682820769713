from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from headwater.cli.options import Output
from headwater.cli.output import check_writable, deliver, write_file
from headwater.core.errors import OutputError
from headwater.core.report import Report, Table

from .running import lineage_process

REPORT = Report("t", tables=(Table("", ("a",), (("x",),)),), coverage="Seen 1 of 1 models")


def delivering(**output: object) -> str:
    """A program that delivers a long report."""
    return (
        "import sys\n"
        "from pathlib import Path\n"
        "from headwater.cli.failures import exit_code_of\n"
        "from headwater.cli.options import Output\n"
        "from headwater.cli.output import deliver\n"
        "from headwater.core.report import Report, Table\n"
        "rows = tuple((n, 'x' * 50) for n in range(20_000))\n"
        "report = Report('t', tables=(Table('', ('n', 'x'), rows),), coverage='Seen all')\n"
        f"sys.exit(exit_code_of(lambda: deliver(report, Output(**{output!r}), 'impact')))\n"
    )


def test_the_answer_goes_to_stdout_and_the_coverage_to_stderr(
    capfd: pytest.CaptureFixture[str],
) -> None:
    deliver(REPORT, Output(), "impact")
    assert capfd.readouterr() == (
        "t\n\na\n-\nx\n",
        "Seen 1 of 1 models\n",
    )


def test_quiet_keeps_only_the_answer(capfd: pytest.CaptureFixture[str]) -> None:
    deliver(REPORT, Output(quiet=True), "impact")
    assert capfd.readouterr().err == ""


def test_csv_keeps_its_line_ends(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    deliver(REPORT, Output(format="csv"), "impact")
    assert capfdbinary.readouterr().out == b"a\r\nx\r\n"


def test_a_file_has_the_answer_and_stdout_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    deliver(REPORT, Output(out=tmp_path / "answer.txt"), "impact")
    assert (tmp_path / "answer.txt").read_text() == "t\n\na\n-\nx\n"
    assert capfd.readouterr().out == ""
    assert os.listdir(tmp_path) == ["answer.txt"]


def test_a_dash_is_stdout(capfd: pytest.CaptureFixture[str]) -> None:
    deliver(REPORT, Output(out=Path("-")), "impact")
    assert capfd.readouterr().out.startswith("t\n")


def test_a_new_file_gets_the_usual_permissions_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    new, old = tmp_path / "new", tmp_path / "old"
    (tmp_path / "usual").touch()
    old.touch(mode=0o640)
    for path in (new, old):
        write_file(path, "x")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"new": modes["usual"], "old": 0o640, "usual": modes["usual"]}


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("real")
    write_file(tmp_path / "link", "x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "x"


def test_a_pipe_or_device_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = subprocess.Popen(["cat", tmp_path / "pipe"], stdout=subprocess.PIPE, text=True)
    write_file(tmp_path / "pipe", "x")
    assert reader.communicate()[0] == "x"
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as error:
        check_writable(tmp_path / "no" / "a.md")
    assert str(error.value) == (
        f"cannot write '{tmp_path}/no/a.md': the folder '{tmp_path}/no' does not exist"
    )


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError) as error:
        write_file(tmp_path / "file" / "a.md", "x")
    assert str(error.value) == (
        f"cannot write '{tmp_path}/file/a.md': the folder '{tmp_path}/file' is not a folder"
    )


def test_a_file_that_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as error:
        write_file(tmp_path, "x")
    assert (
        str(error.value) == f"cannot write '{tmp_path}': it is a folder\n  hint: name a file in it"
    )


def test_a_name_the_system_refuses_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="file name too long"):
        write_file(tmp_path / ("x" * 300), "x")
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_or_folder_without_permission_stays_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("old")
    (tmp_path / "old").chmod(0o444)
    with pytest.raises(OutputError, match=r"cannot write '.*old': permission denied"):
        write_file(tmp_path / "old", "new")
    tmp_path.chmod(0o555)
    with pytest.raises(OutputError, match=r"cannot write '.*new': permission denied"):
        write_file(tmp_path / "new", "new")
    tmp_path.chmod(0o755)
    assert (tmp_path / "old").read_text() == "old"
    assert os.listdir(tmp_path) == ["old"]


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "old").write_text("old")
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OutputError) as error:
        write_file(tmp_path / "old", "new")
    assert str(error.value) == f"cannot write '{tmp_path}/old': no space left on device"
    assert (tmp_path / "old").read_text() == "old"
    assert os.listdir(tmp_path) == ["old"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_behind_stdout() -> None:
    done = subprocess.run(
        ["sh", "-c", f'exec {sys.executable} -c "$0" > /dev/full', delivering()],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert (done.returncode, done.stderr) == (
        2,
        "error: cannot write the answer to standard output: no space left on device\n",
    )


def test_a_reader_that_leaves_early_gets_no_message() -> None:
    done = subprocess.run(
        ["bash", "-c", f'set -o pipefail; {sys.executable} -c "$0" | head -n 1', delivering()],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "t\n", "Seen all\n")


def test_an_odd_encoding_of_the_terminal_does_not_change_the_bytes() -> None:
    code = delivering(quiet=True).replace("'x' * 50", "'日'").replace("20_000", "1")
    assert "日" in lineage_process(code=code, PYTHONIOENCODING="utf-8").out


@pytest.mark.parametrize(
    ("env", "lines"), [({}, 80), ({"COLUMNS": "120"}, 120), ({"COLUMNS": "1"}, 40)]
)
def test_the_width_is_80_unless_columns_says_otherwise(env: dict[str, str], lines: int) -> None:
    code = delivering(quiet=True).replace("'x' * 50", "'word ' * 60").replace("20_000", "1")
    run = lineage_process(code=code.replace("rows),)", "rows, ('x',)),)"), **env)
    assert lines - 10 < max(map(len, run.out.splitlines())) <= lines
