"""《投诉分类统计表》: counted from made-up cases."""

from __future__ import annotations

from datetime import UTC, datetime

from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.cases.month import CaseOfMonth, month_of
from hotline.domain.deadlines.deadline import Standing
from hotline.domain.workflow import Step

AT = datetime(2026, 11, 2, 3, tzinfo=UTC)


def one(
    subject: str,
    *acts: str,
    assigned: bool = False,
    answered: Standing | None = None,
    state: CaseState = CaseState.OPEN,
    visit: str = "",
) -> CaseOfMonth:
    values = {"visit_result": visit} if visit else {}
    case = ServiceCase("1", "complaint", "x", "", "li", "li", AT, subject=subject, state=state, values=values)
    steps = [Step("open", None, "registered", "li", AT), *(Step(act, "a", "b", "li", AT) for act in acts)]
    return CaseOfMonth(case, steps, assigned, answered)


def test_subjects_stand_by_how_many_there_are() -> None:
    month = month_of([one("包装"), one("漏水", "dismiss"), one("漏水", state=CaseState.CLOSED)])
    assert [(each.name, each.opened, each.closed, each.dismissed) for each in month.subjects] == [
        ("漏水", 2, 1, 1),
        ("包装", 1, 0, 0),
    ]
    assert month.total.opened == 3


def test_rates_are_of_those_whom_they_concern() -> None:
    month = month_of(
        [
            one("a", "assign", "return", assigned=True, answered=Standing.KEPT, visit="accepts"),
            one("a", "assign", "reassign", assigned=True, answered=Standing.LATE, visit="not_satisfied"),
            one("a", "ask_extension", "grant_extension", answered=Standing.BREACHED, visit="not_reached"),
            one("a", "ask_extension", answered=Standing.RUNNING, state=CaseState.CLOSED),
        ]
    )
    shares = {name: (rate.part, rate.of) for name, rate in month.rates.items()}
    assert shares == {
        "returned": (1, 2),
        "reassigned": (1, 2),
        "extended": (1, 4),
        "urged": (0, 4),
        "supervised": (0, 4),
        "merged": (0, 4),
        "answered": (1, 3),
        "solved": (1, 4),
        "satisfied": (1, 2),
    }
    assert month.rates["answered"].percent == 33.3
    assert len(month.rates["returned"].counted) == 1


def test_of_nothing_there_is_no_share() -> None:
    assert all(rate.percent is None for rate in month_of([]).rates.values())
