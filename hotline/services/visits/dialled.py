"""A visit is dialled here: on another line than the 400 one (A3), by nobody who had to do with it (E5), to nobody who
wants no calls (E3, E10); its call is its recording (E1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hotline.domain.dialling.dial import Dial, DialOutcome, Wish
from hotline.domain.dialling.next_try import NOT_A_TRY
from hotline.domain.errors import Refused
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.visits.visit import VISIT, VisitTry, VisitWay
from hotline.services.dialled import AfterDial, DialledKind, FormStart
from hotline.services.dialling.permission import will_of
from hotline.services.visits.asking import require_open
from hotline.services.visits.interest import require_no_interest
from hotline.services.visits.planning import people_of
from hotline.services.visits.rights import read_visit, require_for_visit
from hotline.services.visits.trying import add_try, correct_try, next_of
from hotline.settings import Settings
from hotline.storage.transaction import Transaction
from hotline.storage.visits.store import VisitStore, VisitTryStore


def _wish(tx: Transaction, actor: Actor, visit_id: int, now: datetime) -> Wish:
    """An open case of theirs is no leave to visit by phone who wants no calls (E10): they did not ask for this."""
    visit = read_visit(tx, visit_id, actor)
    require_open(visit)
    require_for_visit(tx, Act.MAKE_VISIT, visit, actor, now)
    require_no_interest(tx, visit, actor, now)
    if not visit.number:
        raise Refused("visits.no_number")
    if visit.way is not VisitWay.CALL:
        raise Refused("visits.not_by_phone")
    against = will_of(people_of(tx, visit)).against
    if against is not None:
        raise Refused.of(against, field="number")
    return Wish(VISIT, visit_id, visit.number, visit.line, VISIT, named_at=visit.agreed_at)


def _ended(tx: Transaction, settings: Settings, dial: Dial, now: datetime) -> None:
    """Reached, it waits for whoever dialled to write down what was answered; else for its next try. Where the
    customer's phone was not even tried, nothing is noted."""
    visit = VisitStore(tx).by_id(dial.object_id)
    if visit is None or dial.outcome is None or dial.outcome in NOT_A_TRY:
        return
    reached = dial.outcome is DialOutcome.REACHED
    if not visit.is_open:
        # What was answered was written down while they talked: how long that took is known now.
        if reached and visit.linkedid == dial.linkedid and not visit.seconds:
            VisitStore(tx).save(replace(visit, seconds=dial.seconds))
        return
    again = None if reached else next_of(settings, visit, dial.outcome, now)
    if reached:
        visit = replace(visit, node=dial.node, linkedid=dial.linkedid, seconds=dial.seconds)
    made = VisitTry(dial.object_id, dial.asked_at, dial.user, VisitWay.CALL, dial.outcome.value, "", again, dial.id)
    add_try(tx, settings, visit, made, now)


def _said(tx: Transaction, settings: Settings, dial: Dial, now: datetime) -> None:
    """Whoever answered was not them: the try says so, and the call is none of the visit's."""
    visit = VisitStore(tx).by_id(dial.object_id) if dial.object_kind == VISIT else None
    made = _try_of(tx, dial)
    if visit is None or not visit.is_open or made is None or dial.outcome is None:
        return
    again = next_of(settings, replace(visit, tries=visit.tries - 1), dial.outcome, now)
    if visit.linkedid == dial.linkedid:
        visit = replace(visit, node="", linkedid="", seconds=0.0)
    correct_try(tx, settings, visit, replace(made, outcome=dial.outcome.value, next_try_at=again), now)


def _after(tx: Transaction, dial: Dial) -> AfterDial:
    visit, made = VisitStore(tx).by_id(dial.object_id), _try_of(tx, dial)
    is_open = visit is not None and visit.is_open
    return AfterDial(is_open, made.next_try_at if made is not None and is_open else None)


def _form(tx: Transaction, dial: Dial) -> FormStart:
    visit = VisitStore(tx).by_id(dial.object_id)
    return FormStart(content=f"回访：{visit.purpose}", caller_name=visit.name) if visit is not None else FormStart()


def _try_of(tx: Transaction, dial: Dial) -> VisitTry | None:
    tries = VisitTryStore(tx).of([dial.object_id]).get(dial.object_id, [])
    return next((each for each in tries if each.dial_id == dial.id), None)


DIALLED = DialledKind(VISIT, _wish, _ended, _said, _after, _form)
