from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.core.report import Finding, Report
from headwater.render import RenderOptions, render

from .reports import GATED, HARD, PASSED


def suite_of(report: Report) -> ET.Element:
    text = render(report, "junit", RenderOptions(command="check"))
    root = ET.fromstring(text.encode())
    (suite,) = root
    assert root.attrib["name"] == "lineage check"
    return suite


def test_errors_fail_and_what_is_excused_is_skipped() -> None:
    suite = suite_of(GATED)
    counts = {key: suite.attrib[key] for key in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "3", "failures": "1", "errors": "0", "skipped": "1"}
    first, second, third = suite.findall("testcase")
    failure = first.find("failure")
    assert failure is not None
    assert failure.attrib == {"type": "breaks", "message": "it reads 'a' & \"b\" <c>"}
    assert failure.text == "models/o.sql:4"
    assert first.attrib["file"] == "models/o.sql"
    assert second.findtext("system-out") == "warning: \\x1b[31mred\\x00\nline"
    skipped = third.find("skipped")
    assert skipped is not None
    assert skipped.attrib == {"message": "wanted (Ann)"}
    assert suite.findtext("system-out") == "Seen 2 of 3 models"


def test_nothing_found_is_one_case_that_passes() -> None:
    suite = suite_of(PASSED)
    assert suite.attrib["tests"] == "1"
    (case,) = suite
    assert (case.attrib["name"], len(case)) == ("nothing changes", 0)


def test_an_answer_without_findings_has_no_such_form() -> None:
    for name in ("junit", "sarif"):
        with pytest.raises(KeyError):
            render(HARD, name)


@given(st.text(), st.text(), st.text())
def test_any_text_is_xml(rule: str, message: str, file: str) -> None:
    finding = Finding(rule, "error", message, message, file, 1, "f", excused="")
    suite_of(Report(message, findings=(finding,)))
