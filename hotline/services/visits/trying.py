"""The customer was not reached: when it is tried again, and that nobody forgets whom it was given up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.text import one_line
from hotline.domain.visits.visit import VISIT, Visit, VisitTry, VisitWay
from hotline.services.calling_hours import next_try_at
from hotline.services.forms.fields import require_ahead
from hotline.services.notifications.deadlines_told import supervisors_of
from hotline.services.notifications.notify import notify
from hotline.services.visits.asking import require_open, write
from hotline.services.visits.assigning import call_at_of
from hotline.services.visits.interest import require_no_interest
from hotline.services.visits.notification_kinds import VISIT_TRIED_OUT
from hotline.services.visits.planning import note
from hotline.services.visits.rights import read_visit, require_for_visit
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage, Transaction
from hotline.storage.visits.store import VisitTryStore


def note_try(
    storage: Storage,
    settings: Settings,
    visit_id: int,
    outcome: DialOutcome,
    again_at: datetime | None,
    words: str,
    actor: Actor,
    now: datetime,
) -> datetime | None:
    """By hand: `outcome` is one of TRIED_IN_VAIN. `again_at`: when it is tried next; None: as the settings have it.
    The moment of the next try, None after the last. Raises NotFound, WrongFields for a moment that is over, Forbidden,
    Conflict."""
    require_ahead("again_at", again_at, now)
    with storage.writing() as tx:
        visit = read_visit(tx, visit_id, actor)
        require_open(visit)
        require_for_visit(tx, Act.MAKE_VISIT, visit, actor, now)
        require_no_interest(tx, visit, actor, now)
        next_at = again_at or next_of(settings, visit, outcome, now)
        made = VisitTry(visit_id, now, actor.name, VisitWay.CALL, outcome.value, one_line(words), next_at)
        add_try(tx, settings, visit, made, now)
        AuditLog(tx).add(now, actor.name, "visit.try", f"{VISIT}:{visit_id}", outcome.value)
    return next_at


def add_try(tx: Transaction, settings: Settings, visit: Visit, made: VisitTry, now: datetime) -> None:
    """It counts. After the last one whoever supervises is told: nothing is given up by itself."""
    VisitTryStore(tx).add(made)
    _after(tx, settings, replace(visit, tries=visit.tries + 1, last_tried_at=made.at), made, now)


def correct_try(tx: Transaction, settings: Settings, visit: Visit, made: VisitTry, now: datetime) -> None:
    """What came of it turns out to be something else."""
    VisitTryStore(tx).correct(made)
    _after(tx, settings, visit, made, now)


def next_of(settings: Settings, visit: Visit, outcome: DialOutcome, now: datetime) -> datetime | None:
    """By what came of this try, outside rest time (E7); None: it was the last."""
    return next_try_at(settings, visit.line, outcome, visit.tries + 1, now)


def _after(tx: Transaction, settings: Settings, visit: Visit, made: VisitTry, now: datetime) -> None:
    reached = made.outcome == DialOutcome.REACHED.value
    after = replace(visit, next_try_at=made.next_try_at, agreed_at=None if not reached else visit.agreed_at)
    if not reached:
        after = replace(after, call_at=call_at_of(tx, settings, after, now))
    write(tx, after)
    note(tx, after, "try", visit.state, made.by, now, {"outcome": made.outcome})
    if made.next_try_at is None and not reached:
        once = f"visit_tried_out:{visit.id}:{after.tries}"
        supervisors = supervisors_of(tx, settings, now)
        notify(tx, supervisors, VISIT_TRIED_OUT, f"{VISIT}:{visit.id}", now, once=once, count=after.tries)
