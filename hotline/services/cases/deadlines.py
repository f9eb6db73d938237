"""The clocks of cases: told to whoever is responsible, or has to answer, and to who leads them (D7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from hotline.domain.cases.case import ServiceCase
from hotline.domain.cases.clock_names import RULES, clock_name
from hotline.domain.deadlines.kept import ClockName, KeptDeadline
from hotline.services.cases.telling import department, owner
from hotline.services.deadlines.clock import Clock, Clocks
from hotline.services.notifications.deadlines_told import escalate, tell_near, tell_over
from hotline.settings import Settings
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Transaction

#: Whose turn it is while this clock runs.
_OF_DEPARTMENT = clock_name("department")


def _copy(tx: Transaction, due: Mapping[int, datetime]) -> None:
    CaseStore(tx).copy_due(due)


def _warned(tx: Transaction, settings: Settings, kept: Sequence[KeptDeadline], now: datetime) -> None:
    tell_near(tx, "case", kept, _whose(tx, settings, kept, now), now)


def _breached(tx: Transaction, settings: Settings, kept: Sequence[KeptDeadline], now: datetime) -> None:
    owners = _whose(tx, settings, kept, now)
    tell_over(tx, "case", kept, owners, now)
    escalate(tx, settings, "case", kept, owners, now)


def _whose(tx: Transaction, settings: Settings, kept: Sequence[KeptDeadline], now: datetime) -> dict[int, int]:
    """The person of each."""
    cases = CaseStore(tx).by_ids({each.object_id for each in kept})
    found = {each.object_id: _person(tx, settings, each.clock, cases[each.object_id], now) for each in kept}
    return {case_id: person for case_id, person in found.items() if person is not None}


def _person(tx: Transaction, settings: Settings, clock: ClockName, case: ServiceCase, now: datetime) -> int | None:
    to = department if clock == _OF_DEPARTMENT else owner
    return next(iter(to(tx, settings, case, now)), None)


DEADLINES = Clocks(
    tuple(
        Clock(clock_name(name), "case", rule, copy=_copy, warned=_warned, breached=_breached)
        for name, rule in RULES.items()
    )
)
