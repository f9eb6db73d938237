"""E7: until when a visit must be made, by what it says itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from hotline.domain.deadlines.term import Agreed, CalendarDays, Term
from hotline.domain.visits.visit import VISIT_CLOCK, Visit
from hotline.services.calendar import work_calendar
from hotline.services.deadlines.keeping import Wanted, keep
from hotline.settings import Settings
from hotline.storage.transaction import Transaction
from hotline.storage.visits.store import VisitStore


def keep_clocks(tx: Transaction, settings: Settings, visits: Sequence[Visit], now: datetime) -> None:
    """Bring the clocks of these visits to what they say now, and their copies of when they are due."""
    wanted = {each.id or 0: Wanted(each.begins_at, each.line, _own(settings, each), each.closed_at) for each in visits}
    kept = keep(tx, settings, VISIT_CLOCK, wanted, now)
    due = {each.id or 0: kept[each.id or 0].due_at for each in visits}
    VisitStore(tx).move({each.id or 0: at for each in visits if (at := due[each.id or 0]) and at != each.due_at})


def usual_term(settings: Settings) -> CalendarDays:
    """E7: to the end of the third day, and where nobody works on it to that of the next working day."""
    return CalendarDays(settings.visits.days, worked=True)


def due_of(settings: Settings, visit: Visit) -> tuple[datetime, datetime | None]:
    """When it is due, and when it would be if somebody worked on that day; None: somebody does."""
    calendar = work_calendar(settings, visit.line)
    term = _own(settings, visit) or usual_term(settings)
    due = term.due(visit.begins_at, calendar)
    unmoved = CalendarDays(term.days).due(visit.begins_at, calendar) if isinstance(term, CalendarDays) else due
    return due, (unmoved if unmoved != due else None)


def _own(settings: Settings, visit: Visit) -> Term | None:
    """None for the settings' days. The customer's own time comes before all else: it holds for a while."""
    if visit.agreed_at is not None:
        return Agreed(visit.agreed_at + timedelta(minutes=settings.visits.agreed_minutes))
    if visit.due_by is not None:
        return Agreed(visit.due_by)
    return None if visit.days == settings.visits.days else CalendarDays(visit.days, worked=True)
