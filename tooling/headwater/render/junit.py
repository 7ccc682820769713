"""JUnit XML: findings as test cases, for Jenkins, GitLab, Azure and CircleCI.

*Source*: https://github.com/testmoapp/junitxml (there is no standard; this is what readers share)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from headwater.core.report import Finding, Report
from headwater.render.options import RenderOptions
from headwater.render.text import safe_text

# XML 1.0 has no way to spell these; `safe_text` has already spelled the control characters.
_NOT_XML = re.compile("[\ufffe\uffff\ud800-\udfff]")


def render(report: Report, options: RenderOptions) -> str:
    """A suite with a case for each finding: errors fail, what is excused is skipped, others pass.

    What passes has its message as output. Without findings there is one case, which passes.
    """
    findings = report.findings or ()
    failed = sum(f.level == "error" and not f.excused for f in findings)
    skipped = sum(bool(f.excused) for f in findings)
    counts = f'tests="{max(len(findings), 1)}" failures="{failed}" errors="0" skipped="{skipped}"'
    name = _quoted(f"lineage {options.command or 'check'}")
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<testsuites name="{name}" {counts}>')
    lines.append(f'  <testsuite name="{_quoted(report.title)}" {counts}>')
    lines += _cases(findings) if findings else [_passed(report)]
    if report.coverage:
        lines.append(f"    <system-out>{_quoted(report.coverage)}</system-out>")
    return "\n".join([*lines, "  </testsuite>", "</testsuites>"]) + "\n"


def _passed(report: Report) -> str:
    said = report.headline.value if report.headline else "nothing found"
    return f'    <testcase classname="lineage" name="{_quoted(str(said))}"/>'


def _cases(findings: Sequence[Finding]) -> Iterator[str]:
    for finding in findings:
        place = f"{finding.file}:{finding.line}"
        where = f' file="{_quoted(finding.file)}" line="{finding.line}"' if finding.file else ""
        name = _quoted(f"{finding.rule}: {finding.subject}")
        yield f'    <testcase classname="{_quoted(finding.rule)}" name="{name}"{where}>'
        message = _quoted(finding.message)
        if finding.excused:
            yield f'      <skipped message="{_quoted(finding.excused)}"/>'
        elif finding.level == "error":
            kind = _quoted(finding.rule)
            yield f'      <failure type="{kind}" message="{message}">{_quoted(place)}</failure>'
        else:
            yield f"      <system-out>{finding.level}: {message}</system-out>"
        yield "    </testcase>"


def _quoted(text: str) -> str:
    return _NOT_XML.sub("?", escape(safe_text(text)).replace("\n", "&#10;"))
