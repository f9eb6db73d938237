"""《顾客投诉分类统计表》: the cases of a month by subject, with their rates, causes and measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hotline.domain.cases.case import ServiceCase
from hotline.domain.cases.clock_names import FIRST_ANSWERS, clock_name
from hotline.domain.cases.month import CaseOfMonth, Month, month_of
from hotline.domain.months import month_span
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.services.access import require_right
from hotline.services.cases.export import within_exported
from hotline.services.cases.facts import CASE
from hotline.services.cases.kinds import kinds_of
from hotline.services.cases.listing import AskedCases, CaseOrder, wanted_cases
from hotline.services.cases.view import CaseView, case_view
from hotline.services.deadlines.view import shown_deadlines
from hotline.services.looks import note_look
from hotline.settings import Settings
from hotline.storage.cases.listing import CaseListStore
from hotline.storage.transaction import Storage, Transaction
from hotline.storage.workflow import StepStore

#: Of a month; whoever has more than that counts by programs.
MOST = 20_000


@dataclass(frozen=True, slots=True)
class SeenMonth:
    """`cases`: all of them, in the order in which they were opened: their values tell cause, person responsible and
    measures."""

    month: Month
    cases: Sequence[CaseView]


def see_month(
    storage: Storage, settings: Settings, kind: str, first: date, actor: Actor, now: datetime, exported: bool = False
) -> SeenMonth:
    """`first`: the first day of the month, on the calendar of Shanghai. The look stands in the audit log (F8). Raises
    Forbidden."""
    require_right(Act.EXPORT_CASES, actor)
    since, until = month_span(first)
    asked = AskedCases(state=None, kind=kind, opened_since=since, opened_until=until, order=CaseOrder.NEWEST)
    whole = may(Act.SEE_NUMBERS, actor.roles)
    with storage.reading() as tx:
        wanted = within_exported(wanted_cases(tx, asked, actor, now), actor)
        found = CaseListStore(tx).page(wanted, MOST)[::-1]
        month = month_of(_of_month(tx, settings, found, now))
    note_look(storage, actor, now, "cases.export" if exported else "cases.view", "cases", f"{len(found)} cases")
    return SeenMonth(month, [case_view(each, whole) for each in found])


def _of_month(tx: Transaction, settings: Settings, cases: Sequence[ServiceCase], now: datetime) -> list[CaseOfMonth]:
    ids = [each.id or 0 for each in cases]
    steps = StepStore(tx).of(CASE, ids, str)
    answers = {
        case_id: shown
        for name in reversed(FIRST_ANSWERS)
        for case_id, shown in shown_deadlines(tx, settings, clock_name(name), dict.fromkeys(ids), now).items()
    }
    assigning = {key: {act.id for act in kind.acts if act.assigns} for key, kind in kinds_of(tx, list(cases)).items()}
    found: list[CaseOfMonth] = []
    for each in cases:
        done = steps.get(each.id or 0, [])
        answer = answers.get(each.id or 0)
        assigned = any(step.act in assigning[each.kind, each.version] for step in done)
        found.append(CaseOfMonth(each, done, assigned, answer.standing if answer else None))
    return found
