"""SARIF 2.1.0: findings as annotations, for GitHub code scanning, GitLab and editors.

*Source*: https://docs.oasis-open.org/sarif/sarif/v2.1.0/
"""

from __future__ import annotations

import json
from typing import Any

from headwater._version import __version__
from headwater.core.report import Finding, Report, Rule
from headwater.render.options import RenderOptions
from headwater.render.text import safe_text

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
#: What GitHub reads of one run.
MOST_RESULTS = 5_000
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def render(report: Report, options: RenderOptions) -> str:
    """One run with a result for each finding, the worst first; what is excused is suppressed.

    Files are relative to the root of the repository. Of more than `MOST_RESULTS` the first are
    given, and a notification says how many are not.
    """
    findings = report.findings or ()
    shown = findings[:MOST_RESULTS]
    used = {finding.rule for finding in shown}
    rules = [rule for rule in report.rules if rule.id in used]
    places = {rule.id: at for at, rule in enumerate(rules)}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "lineage",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "automationDetails": {"id": f"lineage/{options.command or 'check'}/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "the repository"}}},
        "results": [_result(finding, places) for finding in shown],
        "invocations": [_invocation(report, len(findings) - len(shown))],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    name = "".join(part.capitalize() for part in rule.id.split("-"))
    return {"id": rule.id, "name": name, "shortDescription": {"text": rule.summary}}


def _result(finding: Finding, places: dict[str, int]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": finding.level,
        "message": {"text": safe_text(finding.message)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(finding.file), "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": max(finding.line, 1)},
                },
                "logicalLocations": [{"fullyQualifiedName": safe_text(finding.subject)}],
            }
        ],
        "partialFingerprints": {"lineage/v1": finding.fingerprint},
    }
    if finding.rule in places:
        result["ruleIndex"] = places[finding.rule]
    if finding.excused:
        why = safe_text(finding.excused)
        result["suppressions"] = [{"kind": "external", "justification": why}]
    return result


def _invocation(report: Report, left_out: int) -> dict[str, Any]:
    found: dict[str, Any] = {"executionSuccessful": True}
    notes = [report.coverage] if report.coverage else []
    if left_out:
        notes.append(f"{left_out:,} findings are left out; the json format has them all")
    if notes:
        found["toolExecutionNotifications"] = [
            {"level": "note", "message": {"text": safe_text(note)}} for note in notes
        ]
    return found


def _uri(path: str) -> str:
    """A relative URI: everything that is not plain ASCII is percent-encoded."""
    data = path.replace("\\", "/").encode("utf-8", "replace")
    return "".join(chr(b) if b in _PLAIN else f"%{b:02X}" for b in data)
