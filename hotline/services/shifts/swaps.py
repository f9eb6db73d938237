"""Swaps (F6): asked for, accepted by the other, approved if so set; at most so many a month, refused with the rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, roles_for
from hotline.domain.shifts.shift import PlannedShift, ShiftOrigin
from hotline.domain.shifts.swap import OVER, Swap, SwapProblem, SwapState
from hotline.domain.staff.records import Person
from hotline.services.access import require_right
from hotline.services.notifications.audiences import persons_of
from hotline.services.notifications.notify import notify
from hotline.services.shifts.leave import require_own
from hotline.services.shifts.notification_kinds import (
    SWAP_ASKED,
    SWAP_DONE,
    SWAP_LAPSED,
    SWAP_REFUSED,
    SWAP_TO_APPROVE,
    SWAP_WITHDRAWN,
)
from hotline.services.shifts.plan import person_here, require_words, told_of
from hotline.services.shifts.swap_rules import Exchange, SwapRefused, after, problems
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.shifts.requests import SwapStore
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction


def ask_swap(
    storage: Storage,
    settings: Settings,
    shift_id: int,
    taker_id: int,
    other_id: int | None,
    words: str,
    actor: Actor,
    now: datetime,
) -> Swap:
    """Of a shift of one's own, for one of theirs or for nothing. Raises Forbidden, NotFound, Refused with the rule that
    stands against it."""
    require_right(Act.USE_OWN_SHIFTS, actor)
    with storage.writing() as tx:
        asker = require_own(tx, actor)
        if taker_id == asker.id:
            raise SwapRefused(SwapProblem.ONESELF)
        _hold(tx, asker.id or 0, taker_id)
        exchange = _exchange(tx, shift_id, other_id, asker, person_here(tx, taker_id, now))
        _require_allowed(tx, settings, exchange, None, now)
        given, got = exchange.given, exchange.got
        asked = SwapStore(tx).add(
            Swap(
                shift_id=shift_id,
                asker_id=asker.id or 0,
                taker_id=taker_id,
                asked_at=now,
                starts_at=given.starts_at,
                ends_at=given.ends_at,
                other_id=other_id,
                other_starts_at=got.starts_at if got else None,
                other_ends_at=got.ends_at if got else None,
                words=require_words(words),
            )
        )
        AuditLog(tx).add(now, actor.name, "swap.ask", f"swap:{asked.id}", f"{told_of(given)} > {exchange.taker.name}")
        notify(tx, [taker_id], SWAP_ASKED, f"swap:{asked.id}", now, by=asker.name, from_at=given.starts_at)
    return asked


def answer_swap(
    storage: Storage, settings: Settings, swap_id: int, accepted: bool, words: str, actor: Actor, now: datetime
) -> Swap:
    """By whom it was asked. Raises Forbidden for others, NotFound, Conflict when it is over, Refused with the rule that
    stands against it by now."""
    require_right(Act.USE_OWN_SHIFTS, actor)
    with storage.writing() as tx:
        own, swap = require_own(tx, actor), _get(tx, swap_id)
        if swap.taker_id != own.id:
            raise Forbidden("shifts.swap_not_yours")
        _require_state(swap, SwapState.ASKED)
        answered = replace(swap, answered_at=now, answer=require_words(words))
        if not accepted:
            return _refuse(tx, swap, answered, (swap.asker_id,), actor, now)
        exchange = _again(tx, swap)
        _require_allowed(tx, settings, exchange, swap_id, now)
        if not settings.shifts.swap_needs_approval:
            return _perform(tx, exchange, swap, answered, actor, now)
        waiting = _keep(tx, swap, replace(answered, state=SwapState.ACCEPTED), "swap.accept", actor, now)
        told = set(persons_of(tx, settings, roles_for(Act.PLAN_SHIFTS), now)) - {swap.asker_id, swap.taker_id}
        notify(tx, sorted(told), SWAP_TO_APPROVE, f"swap:{swap_id}", now, by=own.name, from_at=swap.starts_at)
        return waiting


def decide_swap(
    storage: Storage, settings: Settings, swap_id: int, approved: bool, words: str, actor: Actor, now: datetime
) -> Swap:
    """By a supervisor who is neither of the two. Raises as `answer_swap`; Refused for a refusal without words."""
    require_right(Act.PLAN_SHIFTS, actor)
    with storage.writing() as tx:
        swap = _get(tx, swap_id)
        own = StaffStore(tx).person_of_user(actor.user_id) if actor.user_id is not None else None
        if own is not None and own.id is not None and swap.is_of(own.id):
            raise Forbidden("shifts.own_swap")
        _require_state(swap, SwapState.ACCEPTED)
        decided = replace(swap, decided_at=now, decided_by=actor.name, answer=require_words(words))
        if not approved:
            if not decided.answer:
                raise Refused("shifts.reason", field="words")
            return _refuse(tx, swap, decided, (swap.asker_id, swap.taker_id), actor, now)
        exchange = _again(tx, swap)
        _require_allowed(tx, settings, exchange, swap_id, now)
        return _perform(tx, exchange, swap, decided, actor, now)


def withdraw_swap(storage: Storage, swap_id: int, actor: Actor, now: datetime) -> Swap:
    """By who asked, as long as it is not done. Raises Forbidden, NotFound, Conflict."""
    require_right(Act.USE_OWN_SHIFTS, actor)
    with storage.writing() as tx:
        own, swap = require_own(tx, actor), _get(tx, swap_id)
        if swap.asker_id != own.id:
            raise Forbidden("shifts.swap_not_yours")
        if swap.state in OVER:
            raise Conflict("shifts.swap_over")
        kept = _keep(tx, swap, replace(swap, state=SwapState.WITHDRAWN, decided_at=now), "swap.withdraw", actor, now)
        notify(tx, [swap.taker_id], SWAP_WITHDRAWN, f"swap:{swap_id}", now, by=own.name, from_at=swap.starts_at)
        return kept


def lapse_swaps(storage: Storage, now: datetime) -> int:
    """What nobody has decided before the shift began, or whose shift has changed or gone, lapses, and both are told.
    How many."""
    with storage.reading() as tx:
        gone = [each for each in SwapStore(tx).open_ones() if _has_lapsed(tx, each, now)]
    if not gone:
        return 0
    with storage.writing() as tx:
        return sum(_lapse(tx, each, now) for each in gone)


def _lapse(tx: Transaction, swap: Swap, now: datetime) -> bool:
    """False where somebody has decided meanwhile: then they told both."""
    if not SwapStore(tx).change(replace(swap, state=SwapState.LAPSED, decided_at=now), swap.state):
        return False
    both = (swap.asker_id, swap.taker_id)
    notify(tx, both, SWAP_LAPSED, f"swap:{swap.id}", now, from_at=swap.starts_at)
    return True


def _hold(tx: Transaction, *people: int) -> None:
    """Of two swaps of one person that are decided at once the second sees what became of the first. By id, so that no
    two wait for each other."""
    for person_id in sorted(filter(is_id, people)):
        ShiftStore(tx).hold_person(person_id)


def _require_allowed(
    tx: Transaction, settings: Settings, exchange: Exchange, swap_id: int | None, now: datetime
) -> None:
    for problem in problems(tx, settings, exchange, swap_id, now)[:1]:
        raise SwapRefused(problem, settings.shifts.swaps_a_month)


def _exchange(tx: Transaction, shift_id: int, other_id: int | None, asker: Person, taker: Person) -> Exchange:
    given = _shift(tx, shift_id)
    if given.person_id != asker.id:
        raise Forbidden("shifts.swap_not_yours")
    got = _shift(tx, other_id) if other_id is not None else None
    if got is not None and got.person_id != taker.id:
        raise SwapRefused(SwapProblem.GONE)
    return Exchange(given, got, asker, taker)


def _again(tx: Transaction, swap: Swap) -> Exchange:
    """As it was asked for. Raises Refused when one of the shifts has changed since."""
    _hold(tx, swap.asker_id, swap.taker_id)
    if _shifts_changed(tx, swap):
        raise SwapRefused(SwapProblem.GONE)
    asker, taker = StaffStore(tx).person(swap.asker_id), StaffStore(tx).person(swap.taker_id)
    if asker is None or taker is None or not asker.active or not taker.active:
        raise SwapRefused(SwapProblem.GONE)
    return _exchange(tx, swap.shift_id, swap.other_id, asker, taker)


def _shifts_changed(tx: Transaction, swap: Swap) -> bool:
    given = ShiftStore(tx).get(swap.shift_id)
    other = ShiftStore(tx).get(swap.other_id) if swap.other_id is not None else None
    return (
        given is None
        or (given.person_id, given.starts_at, given.ends_at) != (swap.asker_id, swap.starts_at, swap.ends_at)
        or (swap.other_id is not None and other is None)
        or (
            other is not None
            and (other.person_id, other.starts_at, other.ends_at)
            != (swap.taker_id, swap.other_starts_at, swap.other_ends_at)
        )
    )


def _has_lapsed(tx: Transaction, swap: Swap, now: datetime) -> bool:
    first = min(swap.starts_at, swap.other_starts_at or swap.starts_at)
    return first <= now or _shifts_changed(tx, swap)


def _perform(tx: Transaction, exchange: Exchange, swap: Swap, done: Swap, actor: Actor, now: datetime) -> Swap:
    for old, new in zip(exchange.both, after(exchange), strict=True):
        changed = replace(new, version=old.version + 1, origin=ShiftOrigin.SWAP)
        if not ShiftStore(tx).change(changed, old.version):
            raise SwapRefused(SwapProblem.GONE)
        AuditLog(tx).add(now, actor.name, "shift.change", f"shift:{old.id}", f"{told_of(old)} > {told_of(changed)}")
    kept = _keep(tx, swap, replace(done, state=SwapState.DONE, decided_at=now), "swap.done", actor, now)
    both = (swap.asker_id, swap.taker_id)
    by = actor.display_name
    notify(tx, both, SWAP_DONE, f"swap:{swap.id}", now, by=by, from_at=swap.starts_at)
    return kept


def _refuse(tx: Transaction, swap: Swap, refused_: Swap, told: Sequence[int], actor: Actor, now: datetime) -> Swap:
    kept = _keep(tx, swap, replace(refused_, state=SwapState.REFUSED, decided_at=now), "swap.refuse", actor, now)
    by = actor.display_name
    notify(tx, told, SWAP_REFUSED, f"swap:{swap.id}", now, by=by, from_at=swap.starts_at)
    return kept


def _keep(tx: Transaction, old: Swap, new: Swap, action: str, actor: Actor, now: datetime) -> Swap:
    new = replace(new, decided_by=new.decided_by or (actor.name if new.state in OVER else ""))
    if not SwapStore(tx).change(new, old.state):
        raise Conflict("shifts.swap_over")
    AuditLog(tx).add(now, actor.name, action, f"swap:{old.id}", new.answer)
    return new


def _require_state(swap: Swap, state: SwapState) -> None:
    if swap.state is not state:
        raise Conflict("shifts.swap_over")


def _get(tx: Transaction, swap_id: int) -> Swap:
    found = SwapStore(tx).get(swap_id) if is_id(swap_id) else None
    if found is None:
        raise NotFound("shifts.no_swap", id=swap_id)
    return found


def _shift(tx: Transaction, shift_id: int) -> PlannedShift:
    found = ShiftStore(tx).get(shift_id) if is_id(shift_id) else None
    if found is None:
        raise NotFound("shifts.no_shift", id=shift_id)
    return found
