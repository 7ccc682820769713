"""A seed's columns are its CSV file's header, as dbt reads it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from headwater.artifacts.seeds import read_header, seed_files
from headwater.core.project import Node

SEED = Node("seed.shop.countries", "seed", "countries", package="shop", path="seeds/countries.csv")


@pytest.mark.parametrize(
    ("content", "delimiter", "columns"),
    [
        (b"code,name\nDE,Germany\n", ",", ("code", "name")),
        (b"code;name\r\nDE;Germany\r\n", ";", ("code", "name")),
        (b'"code, short","na""me"\n', ",", ("code, short", 'na"me')),
        (b"\xef\xbb\xbfcode,name\n", ",", ("code", "name")),
        (b"code,,name,\n", ",", ("code", "b", "name", "d")),
        (b"code,code,code\n", ",", ("code", "code_2", "code_3")),
        (b'"two\nlines",b\n1,2\n', ",", ("two\nlines", "b")),
        (b"code|name\n", "|", ("code", "name")),
        ("größe,😀\n".encode(), ",", ("größe", "😀")),
        (b"only\n", ",", ("only",)),
        (b"no_newline", ",", ("no_newline",)),
    ],
)
def test_the_header(
    content: bytes, delimiter: str, columns: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "seed.csv"
    path.write_bytes(content)
    assert read_header(path, delimiter) == columns


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [(b"", ","), (b"\n", ","), (b"a\xff,b\n", ","), (b"a,b\n", "||"), (b"x" * 3_000_000, ",")],
    ids=["empty", "blank", "latin", "delimiter", "endless"],
)
def test_what_has_no_header(content: bytes, delimiter: str, tmp_path: Path) -> None:
    path = tmp_path / "seed.csv"
    path.write_bytes(content)
    assert read_header(path, delimiter) is None


def test_a_missing_file_or_a_folder_has_none(tmp_path: Path) -> None:
    assert read_header(tmp_path / "no.csv") is None
    assert read_header(tmp_path) is None


def test_a_seed_of_the_project_is_looked_for_in_it_first() -> None:
    assert seed_files(SEED, Path("/p"))[0] == Path("/p/seeds/countries.csv")
    assert seed_files(SEED, None) == ()


def test_a_seed_of_a_package_is_looked_for_in_the_package_first() -> None:
    noted = replace(SEED, extra={"root_path": "/p/dbt_packages/shop"})
    assert seed_files(noted, Path("/p")) == (
        Path("/p/dbt_packages/shop/seeds/countries.csv"),
        Path("/p/dbt_modules/shop/seeds/countries.csv"),
        Path("/p/seeds/countries.csv"),
    )


def test_the_folder_that_dbt_noted_will_do() -> None:
    noted = replace(SEED, extra={"root_path": "/noted"})
    assert seed_files(noted, None) == (Path("/noted/seeds/countries.csv"),)
