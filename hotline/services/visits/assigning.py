"""Each visit gets its visitor: evenly, never somebody who had to do with it (E5), and somebody who works in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hotline.domain.reasons import because
from hotline.domain.visits.sharing import Turn, first_within, whose_turn
from hotline.domain.visits.visit import VISIT, Visit
from hotline.services.alerts import set_alert
from hotline.services.notifications.notify import notify
from hotline.services.staff.concerned import person_of_account
from hotline.services.visits.alert_kinds import VISITS_NOBODY
from hotline.services.visits.interest import interested
from hotline.services.visits.notification_kinds import VISIT_GIVEN
from hotline.services.visits.planning import BY_ITSELF, note
from hotline.services.visits.visitors import Availability, may_visit, tiers
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction
from hotline.storage.visits.sharing import VisitSharingStore
from hotline.storage.visits.store import VisitStore

_AT_ONCE = 200

#: Those that each was given since then count when the next ones are shared out.
_LATELY = timedelta(days=30)


@dataclass
class _Sharing:
    """What is asked once for all visits that are shared out together. `given` is counted on."""

    tiers: list[list[str]]
    free: Availability
    given: dict[str, int]


def assign_waiting(storage: Storage, settings: Settings, now: datetime) -> int:
    """All that nobody has, and those whose visitor left us or cannot make them in time; how many found somebody. Of
    those for which nobody is left an alert tells."""
    with storage.reading() as tx:
        waiting = _waiting(tx, settings, now)
    found = 0
    for begun in range(0, len(waiting), _AT_ONCE):
        with storage.writing() as tx:
            found += _assign(tx, settings, waiting[begun : begun + _AT_ONCE], now)
    return found


def assign(tx: Transaction, settings: Settings, visit: Visit, visitor: str, by: str, now: datetime) -> Visit:
    """It is theirs from now on; they are told. Whether it may be theirs whoever calls has looked."""
    free = Availability(tx, settings, now).of(visit, [visitor])[visitor]
    call_at = visit.agreed_at or first_within(free, _from(visit, now), datetime.max.replace(tzinfo=now.tzinfo))
    return _give(tx, visit, Turn(visitor, call_at or _from(visit, now)), 0, by, now)


def call_at_of(tx: Transaction, settings: Settings, visit: Visit, now: datetime) -> datetime | None:
    """When its visitor may make it next; None while nobody has it."""
    if not visit.visitor:
        return None
    if visit.agreed_at is not None:
        return visit.agreed_at
    free = Availability(tx, settings, now).of(visit, [visit.visitor])[visit.visitor]
    return first_within(free, _from(visit, now), datetime.max.replace(tzinfo=now.tzinfo))


def _assign(tx: Transaction, settings: Settings, visit_ids: Sequence[int], now: datetime) -> int:
    store = VisitSharingStore(tx)
    sharing = _Sharing(tiers(tx, settings, now), Availability(tx, settings, now), store.given_since(now - _LATELY))
    visits = VisitStore(tx).by_ids(visit_ids)
    found = 0
    for each in sorted(visits.values(), key=lambda visit: (visit.due_at, visit.id or 0)):
        if each.is_open:
            found += _find_somebody(tx, sharing, each, now)
    return found


def _find_somebody(tx: Transaction, sharing: _Sharing, visit: Visit, now: datetime) -> bool:
    barred = interested(tx, visit, now)
    deputy = _deputy(tx, visit, now)
    for steps, names in enumerate([[deputy] if deputy else [], *sharing.tiers]):
        # What is late already is made as soon as may be, by whoever can.
        before = visit.due_at if visit.due_at > now else datetime.max.replace(tzinfo=now.tzinfo)
        turn = whose_turn(sharing.free.of(visit, names), sharing.given, barred, _from(visit, now), before)
        if turn is not None:
            turn = replace(turn, call_at=visit.agreed_at or turn.call_at)
            _give(tx, visit, turn, max(steps - 1, 0), BY_ITSELF, now)
            sharing.given[turn.visitor] = sharing.given.get(turn.visitor, 0) + 1
            set_alert(tx, VISITS_NOBODY, str(visit.id), None, now)
            return True
    set_alert(tx, VISITS_NOBODY, str(visit.id), because("visits.nobody_left", visit=visit.id or 0), now)
    return False


def _give(tx: Transaction, visit: Visit, turn: Turn, escalated: int, by: str, now: datetime) -> Visit:
    if visit.visitor == turn.visitor and visit.call_at == turn.call_at:
        return visit
    given = replace(visit, visitor=turn.visitor, assigned_at=now, call_at=turn.call_at, escalated=escalated)
    VisitStore(tx).save(given)
    note(tx, given, "assign", visit.state, by, now, {"to": turn.visitor})
    person = person_of_account(tx, turn.visitor)
    if person is not None and person.id is not None and turn.visitor != by:
        once = f"visit_given:{visit.id}:{turn.visitor}"
        notify(tx, [person.id], VISIT_GIVEN, f"{VISIT}:{visit.id}", now, once=once, due_at=visit.due_at)
    return replace(given, revision=visit.revision + 1)


def _from(visit: Visit, now: datetime) -> datetime:
    return max(filter(None, (now, visit.not_before, visit.next_try_at)))


def _waiting(tx: Transaction, settings: Settings, now: datetime) -> list[int]:
    """Ids of those that need somebody."""
    gone, away = _not_there(tx, now)
    free = Availability(tx, settings, now)
    late = [
        each.id or 0
        for username in away
        for each in VisitStore(tx).open_with(username)
        if first_within(free.of(each, [username])[username], _from(each, now), each.due_at) is None
    ]
    return [*VisitSharingStore(tx).unassigned(gone), *late]


def _not_there(tx: Transaction, now: datetime) -> tuple[list[str], list[str]]:
    """Of those who have open visits: who is not with us any more, and who is away."""
    gone, away = [], []
    for username in VisitSharingStore(tx).visitors():
        user = UserStore(tx).by_username(username)
        person = person_of_account(tx, username)
        if user is None or not user.may_enter(now) or not may_visit(user):
            gone.append(username)
        elif person is not None and person.id is not None and _is_away(tx, person.id, now):
            away.append(username)
    return gone, away


def _is_away(tx: Transaction, person_id: int, now: datetime) -> bool:
    return any(each.since <= now < each.until for each in StaffStore(tx).absences(person_id))


def _deputy(tx: Transaction, visit: Visit, now: datetime) -> str | None:
    """Who acts for whoever had it and is away now (B7)."""
    person = person_of_account(tx, visit.visitor)
    if person is None or person.id is None:
        return None
    deputy = StaffStore(tx).deputy_of(person.id, now)
    found = VisitSharingStore(tx).usernames([deputy.id]) if deputy is not None and deputy.id is not None else []
    return found[0] if found else None
