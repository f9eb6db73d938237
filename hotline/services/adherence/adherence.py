"""Adherence by person: how much of the planned time was worked; late starts and empty shifts, explained and decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hotline.domain.adherence.adherence import Adherence, Missed, MissedStart, StartDecision, adherence, explained
from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.shifts.shift import PlannedShift
from hotline.services.access import require_right
from hotline.services.adherence.notification_kinds import EXPLANATION_DECIDED
from hotline.services.adherence.watching import spans_by_person
from hotline.services.looks import note_look
from hotline.services.notifications.notify import notify
from hotline.services.shifts.working import working_between
from hotline.services.staff.people import own_person
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.adherence.store import MissedStartStore
from hotline.storage.audit import AuditLog
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

LONGEST = timedelta(days=93)


@dataclass(frozen=True, slots=True)
class AdherenceRow:
    """`late`, `empty`: of these shifts; `not_accepted`: of them, whose explanation was not accepted."""

    person_id: int
    name: str
    adherence: Adherence
    late: int
    empty: int
    not_accepted: int


@dataclass(frozen=True, slots=True)
class ShownMissed:
    """`mine`: of whoever looks; `may_decide`: they decide on it."""

    missed: MissedStart
    name: str
    mine: bool
    may_decide: bool


@dataclass(frozen=True, slots=True)
class SeenAdherence:
    """`rows` by name: everybody with a shift at a desk whom whoever looks may see. `consequence`: what is named beside
    what was not accepted; "" nothing."""

    rows: Sequence[AdherenceRow]
    missed: Sequence[ShownMissed]
    consequence: str


def see_adherence(
    storage: Storage, settings: Settings, actor: Actor, since: datetime, until: datetime, now: datetime
) -> SeenAdherence:
    """Of the shifts of [since, until), as far as they have passed. Raises Forbidden, Refused for more than a
    quarter."""
    require_right(Act.SEE_ADHERENCE, actor)
    if not since < until <= since + LONGEST:
        raise Refused("adherence.time", field="since")
    end = max(min(until, now), since)
    with storage.reading() as tx:
        own = own_person(tx, actor)
        visible = _visible(tx, actor)
        times = times_by_person(tx, settings, since, end)
        missed = [each for each in MissedStartStore(tx).between(since, until) if each.person_id in visible]
    rows = [
        _row(person_id, visible[person_id], each, missed) for person_id, each in times.items() if person_id in visible
    ]
    note_look(storage, actor, now, "adherence.view", "adherence")
    own_id = own.id if own is not None else None
    shown = [_shown(each, visible[each.person_id], own_id, actor) for each in missed]
    return SeenAdherence(sorted(rows, key=lambda row: row.name), shown, settings.adherence.empty_consequence)


def times_by_person(tx: Transaction, settings: Settings, since: datetime, until: datetime) -> dict[int, Adherence]:
    """Of everybody who had an extension and shifts at a desk in [since, until)."""
    spans = spans_by_person(tx, since, until)
    shifts = desk_shifts_by_person(tx, settings, since, until)
    return {
        person_id: adherence(each, spans[person_id], since, until)
        for person_id, each in shifts.items()
        if person_id in spans
    }


def desk_shifts_by_person(
    tx: Transaction, settings: Settings, since: datetime, until: datetime
) -> dict[int, list[PlannedShift]]:
    """Published ones that meet [since, until)."""
    return _by_person(working_between(tx, settings, since, until))


def explain(storage: Storage, missed_id: int, written: str, actor: Actor, now: datetime) -> None:
    """Why they were not there. Raises Forbidden for others', NotFound, Refused, Conflict once it is decided."""
    require_right(Act.EXPLAIN_MISSED_START, actor)
    with storage.writing() as tx:
        missed, own = _missed(tx, missed_id), own_person(tx, actor)
        if own is None or own.id != missed.person_id:
            raise Forbidden("adherence.not_yours")
        words = explained(missed, written, now)
        if not MissedStartStore(tx).explain(missed_id, words, now):
            raise Conflict("adherence.decided_already")
        AuditLog(tx).add(now, actor.name, "missed_start.explain", f"missed_start:{missed_id}")


def decide(storage: Storage, missed_id: int, accepted: bool, actor: Actor, now: datetime) -> None:
    """Whether the explanation is accepted. Raises Forbidden for one's own, NotFound, Conflict when somebody was
    faster."""
    require_right(Act.DECIDE_MISSED_START, actor)
    with storage.writing() as tx:
        missed, own = _missed(tx, missed_id), own_person(tx, actor)
        if not _may_decide(missed, own.id if own is not None else None, actor):
            raise Forbidden("adherence.own")
        decision = StartDecision.ACCEPTED if accepted else StartDecision.NOT_ACCEPTED
        changed = replace(missed, decision=decision, decided_by=actor.name, decided_at=now)
        if not MissedStartStore(tx).decide(changed):
            raise Conflict("adherence.decided_already")
        about = f"missed_start:{missed_id}"
        notify(
            tx, [missed.person_id], EXPLANATION_DECIDED, about, now, by=actor.display_name, starts_at=missed.starts_at
        )
        AuditLog(tx).add(now, actor.name, "missed_start.decide", about, decision.value)


def _missed(tx: Transaction, missed_id: int) -> MissedStart:
    found = MissedStartStore(tx).by_id(missed_id) if is_id(missed_id) else None
    if found is None:
        raise NotFound("adherence.none")
    return found


def _may_decide(missed: MissedStart, own_id: int | None, actor: Actor) -> bool:
    ties = {Tie.UNHANDLED} if missed.person_id != own_id else set()
    return may(Act.DECIDE_MISSED_START, actor.roles, ties)


def _shown(missed: MissedStart, name: str, own_id: int | None, actor: Actor) -> ShownMissed:
    may_decide = missed.decision is StartDecision.OPEN and _may_decide(missed, own_id, actor)
    return ShownMissed(missed, name, missed.person_id == own_id, may_decide)


def _by_person(shifts: Sequence[PlannedShift]) -> dict[int, list[PlannedShift]]:
    found: dict[int, list[PlannedShift]] = defaultdict(list)
    for each in shifts:
        if each.person_id is not None and not each.duty:
            found[each.person_id].append(each)
    return found


def _row(person_id: int, name: str, found: Adherence, missed: Sequence[MissedStart]) -> AdherenceRow:
    own = [each for each in missed if each.person_id == person_id]
    return AdherenceRow(
        person_id,
        name,
        found,
        sum(each.kind is Missed.LATE for each in own),
        sum(each.kind is Missed.EMPTY for each in own),
        sum(each.decision is StartDecision.NOT_ACCEPTED for each in own),
    )


def _visible(tx: Transaction, actor: Actor) -> dict[int, str]:
    """Names by id."""
    people = StaffStore(tx).all(active_only=False)
    if may(Act.SEE_ADHERENCE, actor.roles):
        return {each.id or 0: each.name for each in people}
    own = own_person(tx, actor)
    led = actor.led.usernames if may(Act.SEE_ADHERENCE, actor.roles, {Tie.LED}) else frozenset()
    accounts = {user.id for user in UserStore(tx).all() if user.username in led}
    return {
        each.id or 0: each.name
        for each in people
        if each.user_id in accounts or (own is not None and each.id == own.id)
    }
