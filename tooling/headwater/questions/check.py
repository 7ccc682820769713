"""Whether a change, or a project as it is, keeps to its policy."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from headwater.core.edges import Gap
from headwater.core.errors import UsageError
from headwater.core.report import Report
from headwater.questions.check_findings import Found, edits_and_hits, level_of, orphans
from headwater.questions.check_required import missing
from headwater.questions.coverage import coverage_line
from headwater.questions.diff import Diff
from headwater.questions.loaded import Loaded
from headwater.questions.policy import Budget, FailOn, Policy, Waiver
from headwater.questions.policy_match import Matcher, Subject

RANKS = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver and what it did: how many findings it excused; ``expired`` ones excuse none."""

    waiver: Waiver
    used: int
    expired: bool


@dataclass(frozen=True, slots=True)
class Spent:
    """A budget and how many findings count against it."""

    budget: Budget
    used: int

    @property
    def is_exceeded(self) -> bool:
        """Whether there are more than it allows."""
        return self.used > self.budget.at_most


@dataclass(frozen=True, slots=True)
class Check:
    """The answer.

    *Shape*: ``findings`` are sorted, the worst first, those that are excused too. ``diff`` is
    ``None`` when there was no base to compare with.
    """

    loaded: Loaded
    policy: Policy
    fail_on: FailOn
    findings: tuple[Found, ...]
    waived: tuple[Waived, ...]
    spent: tuple[Spent, ...]
    diff: Diff | None
    gaps: tuple[Gap, ...]
    coverage: str
    prefix: str = ""  #: of the project's folder in its repository

    @property
    def open(self) -> tuple[Found, ...]:
        """The findings that nothing excuses."""
        return tuple(found for found in self.findings if not found.excused)

    @property
    def is_hit(self) -> bool:
        """Whether the gate is hit."""
        return self.fail_on is not FailOn.NONE and any(f.level == "error" for f in self.open)

    def report(self) -> Report:
        """The answer in shapes."""
        from headwater.questions.check_report import check_report  # noqa: PLC0415 - a circle

        return check_report(self)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a check is held against besides the policy's text.

    ``today`` decides about waivers; ``known`` are fingerprints of findings that were there before;
    ``fail_on`` goes before the policy's own.
    """

    policy: Policy
    today: date
    known: Collection[str] = field(default_factory=frozenset)
    fail_on: FailOn | None = None
    prefix: str = ""


def check(loaded: Loaded, diff: Diff | None, terms: Terms) -> Check:
    """The project (the head, where there is a diff) held against the policy.

    *Raises*: `UsageError` when there is nothing to check; `PolicyError` for a selection in the
    policy that cannot be read.
    """
    policy, fail_on = terms.policy, terms.fail_on or terms.policy.fail_on
    if diff is None and not policy.requirements:
        raise _nothing_to_check(policy)
    projects = [loaded.project, *([diff.base.project] if diff else [])]
    matcher = Matcher(projects, policy.file)
    found = _judged(loaded, diff, policy, fail_on, matcher)
    found, waived = _waived(found, policy, terms.today, matcher)
    found = [
        replace(f, excused="there before") if not f.excused and f.fingerprint in terms.known else f
        for f in found
    ]
    spent = tuple(Spent(budget, _count(budget, found, matcher)) for budget in policy.budgets)
    found += [_over(each) for each in spent if each.is_exceeded]
    found += [_expired(each) for each in waived if each.expired]
    if fail_on is FailOn.ANY:
        found = [replace(f, level="error") for f in found]
    return Check(
        loaded=loaded,
        policy=policy,
        fail_on=fail_on,
        findings=tuple(sorted(found, key=_order)),
        waived=waived,
        spent=spent,
        diff=diff,
        gaps=diff.gaps if diff else (),
        coverage=diff.coverage if diff else coverage_line(loaded),
        prefix=terms.prefix,
    )


def _nothing_to_check(policy: Policy) -> UsageError:
    know = f"the policy '{policy.file}' requires nothing of the project as it is"
    return UsageError(
        "nothing to check: no base to compare with",
        ("knows", know if policy.file else "there is no policy (lineage.yml, or [tool.lineage])"),
        ("hint", "name a base with --state DIR or --base REF, or require something in the policy"),
    )


def _judged(
    loaded: Loaded, diff: Diff | None, policy: Policy, fail_on: FailOn, matcher: Matcher
) -> list[Found]:
    """Every finding with the level that the policy gives it; those that are off are left out."""
    found = [*edits_and_hits(diff), *orphans(diff)] if diff else []
    blocked = diff.propagation.blocked if diff else frozenset()
    levelled = [
        replace(f, level=level_of(f, matcher.node(node), fail_on, bool(f.hit) and node in blocked))
        for f in found
        for node in [f.subject.node]
    ]
    levelled += missing(loaded, diff, policy, matcher)
    kept = []
    for each in levelled:
        fitting = [s.level for s in policy.severities if matcher.fits(s.where, each.subject)]
        level = fitting[-1] if fitting else each.level
        if level != "off":
            kept.append(replace(each, level=level))
    return kept


def _waived(
    found: Sequence[Found], policy: Policy, today: date, matcher: Matcher
) -> tuple[list[Found], tuple[Waived, ...]]:
    """The findings, each excused by the first waiver that fits and has not expired."""
    used = dict.fromkeys(range(len(policy.waivers)), 0)
    live = [(at, w) for at, w in enumerate(policy.waivers) if not _is_over(w, today)]
    excused = []
    for each in found:
        at = next((at for at, w in live if matcher.fits(w.where, each.subject)), None)
        if at is None:
            excused.append(each)
            continue
        used[at] += 1
        waiver = policy.waivers[at]
        excused.append(replace(each, excused=f"{waiver.reason} ({waiver.author})"))
    waived = (Waived(w, used[at], _is_over(w, today)) for at, w in enumerate(policy.waivers))
    return excused, tuple(waived)


def _is_over(waiver: Waiver, today: date) -> bool:
    return waiver.expires is not None and waiver.expires < today


def _count(budget: Budget, found: Sequence[Found], matcher: Matcher) -> int:
    return sum(not f.excused and matcher.fits(budget.where, f.subject) for f in found)


def _over(spent: Spent) -> Found:
    budget = spent.budget
    message = f"{spent.used} findings, and {budget.place} allows {budget.at_most}"
    return Found(Subject("budget", ""), budget.level, message, detail=budget.place)


def _expired(waived: Waived) -> Found:
    waiver = waived.waiver
    message = f"the waiver {waiver.place} of {waiver.author} ended on {waiver.expires}"
    return Found(Subject("waiver-expired", ""), "warning", message, detail=waiver.place)


def _order(found: Found) -> tuple[object, ...]:
    subject = found.subject
    is_exposure = subject.node.startswith("exposure.")
    return (
        bool(found.excused),
        RANKS[found.level],
        not is_exposure,
        -subject.verdict,
        found.hit is not None,
        subject.node,
        subject.column or "",
        subject.rule,
        found.message,
    )
