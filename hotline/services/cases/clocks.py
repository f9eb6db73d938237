"""The clocks of cases: whoever changes a case goes through here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from hotline.domain.calendar_key import department_key
from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.cases.clock_names import RULES, clock_name
from hotline.domain.cases.clocks import OwnTerms, clocks_of
from hotline.domain.deadlines.kept import PauseReason
from hotline.domain.deadlines.term import Agreed, Count, Within, WorkingDays
from hotline.domain.forms.form import ANSWER_CLOCK
from hotline.services.cases.facts import steps_of
from hotline.services.cases.kinds import kind_of
from hotline.services.deadlines.keeping import Wanted, keep, pause, resume, stop
from hotline.settings import Settings
from hotline.storage.cases.store import CaseStore
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Transaction


def keep_clocks(tx: Transaction, settings: Settings, case: ServiceCase, now: datetime) -> None:
    """Bring each clock of the case to what its steps say (the department's by its own hours, D8), let them stand while
    it waits for the customer, and copy when the first is due."""
    case_id = case.id or 0
    merged = [steps_of(tx, each) for each in CaseStore(tx).merged_into(case_id)]
    wanted = clocks_of(case, kind_of(tx, case), steps_of(tx, case), _own_terms(tx, settings, case), merged)
    had = DeadlineStore(tx).clocks_of(case_id, [clock_name(name) for name in RULES])  # a case has few of them
    for name in RULES:
        each = wanted.get(name)
        if each is None and clock_name(name) not in had:
            continue
        whose = department_key(case.department_id) if name == "department" else ""
        how = Wanted(each.started_at, whose, each.term, each.done_at) if each else None
        keep(tx, settings, clock_name(name), {case_id: how}, now)
    _stand_or_run(tx, settings, case, wanted, now)
    CaseStore(tx).copy_due([case_id])
    if case.form_id is not None:
        stop(tx, ANSWER_CLOCK, case.form_id, now)  # B5: it is the case's from now on


def _own_terms(tx: Transaction, settings: Settings, case: ServiceCase) -> OwnTerms:
    form = FormStore(tx).by_id(case.form_id) if case.form_id is not None else None
    return OwnTerms(
        WorkingDays(settings.cases.next_word_days),
        WorkingDays(settings.deadlines.answer_days),
        Within(timedelta(hours=settings.cases.ruling_hours), Count.WORKING),
        form.called_at if form is not None and form.solved is not True else None,
    )


def _stand_or_run(tx: Transaction, settings: Settings, case: ServiceCase, names: Iterable[str], now: datetime) -> None:
    """A moment that was promised waits for nobody."""
    waits = bool(case.waiting) and case.state is CaseState.OPEN
    for name in names:
        clock = clock_name(name)
        kept = DeadlineStore(tx).of(clock, [case.id or 0]).get(case.id or 0)
        if kept is None or not kept.deadline.is_open or isinstance(kept.deadline.term, Agreed):
            continue
        if waits and kept.deadline.pause is None:
            pause(tx, settings, clock, case.id or 0, PauseReason.CUSTOMER, max(now, kept.deadline.known_until))
        elif not waits and kept.deadline.pause is not None:
            resume(tx, settings, clock, case.id or 0, max(now, kept.deadline.known_until))
