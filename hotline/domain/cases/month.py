"""Cases of a month, counted (D1, 《投诉分类统计表》): how many of which subject, how many came back, were answered in
time, were solved, and how content the customers were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from hotline.domain.cases import common_acts
from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.cases.clocks import CaseStep
from hotline.domain.cases.severity import Severity
from hotline.domain.deadlines.deadline import Standing
from hotline.domain.shares import percent

#: What a visit found, of the kinds' field `visit_result`.
_CONTENT = frozenset({"satisfied", "accepts"})
_ASKED = _CONTENT | {"so_so", "not_satisfied"}


@dataclass(frozen=True, slots=True)
class CaseOfMonth:
    """`assigned`: it was with a department. `answered`: how its first answer stood; None: it has no such clock."""

    case: ServiceCase
    steps: Sequence[CaseStep]
    assigned: bool
    answered: Standing | None

    def was(self, *acts: str) -> bool:
        return any(each.act in acts for each in self.steps)


@dataclass(frozen=True, slots=True)
class Rate:
    """`part` of `of`; no share of nothing. `counted`: ids of those that are the part."""

    part: int
    of: int
    counted: frozenset[int] = frozenset()

    @property
    def percent(self) -> float | None:
        return percent(self.part, self.of)


@dataclass(frozen=True, slots=True)
class Subject:
    """What was opened of a subject: how much of it is settled, was found not justified, is severe, came again."""

    name: str
    opened: int
    closed: int
    dismissed: int
    severe: int
    repeated: int


@dataclass(frozen=True, slots=True)
class Month:
    """`rates` by name: returned, reassigned, extended, urged, supervised, merged, answered, solved, satisfied."""

    subjects: Sequence[Subject]
    total: Subject
    rates: dict[str, Rate]


def month_of(cases: Sequence[CaseOfMonth]) -> Month:
    """Those with the most first."""
    by_subject: dict[str, list[CaseOfMonth]] = defaultdict(list)
    for each in cases:
        by_subject[each.case.subject].append(each)
    subjects = sorted(
        (_subject(name, some) for name, some in by_subject.items()), key=lambda one: (-one.opened, one.name)
    )
    return Month(subjects, _subject("", cases), _rates(cases))


def _rates(cases: Sequence[CaseOfMonth]) -> dict[str, Rate]:
    assigned = [each for each in cases if each.assigned]
    due = [each for each in cases if each.answered in (Standing.KEPT, Standing.LATE, Standing.BREACHED)]
    visited = [each for each in cases if each.case.values.get("visit_result") in _ASKED]
    return {
        "returned": _share(assigned, lambda each: each.was("return")),
        "reassigned": _share(assigned, lambda each: each.was("reassign")),
        "extended": _share(cases, lambda each: each.was(common_acts.GRANT_EXTENSION)),
        "urged": _share(cases, lambda each: each.was(common_acts.URGE)),
        "supervised": _share(cases, lambda each: each.was(common_acts.SUPERVISE)),
        "merged": _share(cases, lambda each: each.was(common_acts.MERGED_IN)),
        "answered": _share(due, lambda each: each.answered is Standing.KEPT),
        "solved": _share(cases, lambda each: each.case.state is CaseState.CLOSED),
        "satisfied": _share(visited, lambda each: each.case.values["visit_result"] in _CONTENT),
    }


def _share(cases: Sequence[CaseOfMonth], counts: Callable[[CaseOfMonth], bool]) -> Rate:
    part = [each for each in cases if counts(each)]
    return Rate(len(part), len(cases), frozenset(each.case.id or 0 for each in part))


def _subject(name: str, cases: Iterable[CaseOfMonth]) -> Subject:
    those = list(cases)
    return Subject(
        name,
        len(those),
        sum(each.case.state is CaseState.CLOSED for each in those),
        sum(each.was("dismiss") for each in those),
        sum(each.case.severity == Severity.SEVERE for each in those),
        sum(each.case.repeats > 0 for each in those),
    )
