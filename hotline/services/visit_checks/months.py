"""A month of visits: of each visitor (E6), and of all for the report 《回访总结报告》."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hotline.domain.months import month_span
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.visit_checks.month import Counts
from hotline.domain.visits.visit import Visit
from hotline.services.access import require_right
from hotline.services.looks import note_look
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.transaction import Storage, Transaction
from hotline.storage.visit_checks.months import VisitMonthStore
from hotline.storage.visit_checks.store import VisitCheckStore

_DAY = timedelta(days=1)

#: So many of those who were not satisfied stand in the report.
MOST_UNHAPPY = 200


@dataclass(frozen=True, slots=True)
class VisitorMonth:
    """`checked`, `compliant`: of their visits of the month that were drawn and judged."""

    visitor: str
    name: str
    counts: Counts
    checked: int
    compliant: int


@dataclass(frozen=True, slots=True)
class SeenVisitMonth:
    """`first`: of the month. Who has made nothing and has nothing to make is left out."""

    first: date
    visitors: Sequence[VisitorMonth]
    total: Counts


@dataclass(frozen=True, slots=True)
class VisitReport:
    """《回访总结报告》: `before`: the month before it; `unhappy`: whose customers were not satisfied."""

    month: SeenVisitMonth
    before: Counts
    origins: Mapping[str, Counts]
    by_day: Mapping[date, int]
    unhappy: Sequence[Visit]


def see_visit_month(storage: Storage, settings: Settings, first: date, actor: Actor, now: datetime) -> SeenVisitMonth:
    """Of all visitors, of those whom whoever asks leads, or of themselves. Raises Forbidden."""
    require_right(Act.READ_VISIT_MONTHS, actor)
    with storage.reading() as tx:
        seen = _month(tx, settings, first, actor, now)
    note_look(storage, actor, now, "visit_month.view", "visit_month", f"{first:%Y-%m}")
    return seen


def visit_report(
    storage: Storage, settings: Settings, first: date, actor: Actor, now: datetime, exported: bool = False
) -> VisitReport:
    """Of all visits. Raises Forbidden."""
    require_right(Act.READ_VISIT_REPORT, actor)
    before = (first.replace(day=1) - _DAY).replace(day=1)
    with storage.reading() as tx:
        month = _month(tx, settings, first, actor, now)
        store = _store(tx, settings, first)
        earlier = sum(_store(tx, settings, before).by_visitor(now).values(), Counts())
        report = VisitReport(month, earlier, store.by_origin(now), store.made_by_day(), store.unhappy(MOST_UNHAPPY))
    told = f"{first:%Y-%m}"
    note_look(storage, actor, now, "visit_report.export" if exported else "visit_report.view", "visit_month", told)
    return report


def _month(tx: Transaction, settings: Settings, first: date, actor: Actor, now: datetime) -> SeenVisitMonth:
    store = _store(tx, settings, first)
    counts = store.by_visitor(now)
    names = {user.username: user.display_name for user in UserStore(tx).all()}
    ids = store.closed_of()
    checks = VisitCheckStore(tx).drawn_of({each for found in ids.values() for each in found})
    seen = []
    for visitor in sorted(counts, key=lambda each: (names.get(each, each), each)):
        if not may(Act.READ_VISIT_MONTHS, actor.roles, _ties(visitor, actor)):
            continue
        judged = [checks[each].compliant for each in ids.get(visitor, ()) if each in checks]
        done = [each for each in judged if each is not None]
        seen.append(VisitorMonth(visitor, names.get(visitor, visitor), counts[visitor], len(done), sum(done)))
    return SeenVisitMonth(first, seen, sum((each.counts for each in seen), Counts()))


def _store(tx: Transaction, settings: Settings, first: date) -> VisitMonthStore:
    since, until = month_span(first)
    return VisitMonthStore(tx, since, until, settings.visits.longest_minutes * 60.0, settings.visits.most_questions)


def _ties(visitor: str, actor: Actor) -> frozenset[Tie]:
    led = {Tie.LED} if visitor in actor.led.usernames else set()
    return frozenset(led | ({Tie.OWNS} if visitor == actor.name else set()))
