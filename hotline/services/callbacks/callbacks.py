"""Callbacks (A9): which are owed, who takes one, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.accounts.user import User
from hotline.domain.callbacks.callback import CallbackPerson
from hotline.domain.callbacks.owed import CALLBACK_CLOCK, Callback, CallbackOutcome
from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.rights.seeing import may_see
from hotline.domain.text import one_line
from hotline.services.callbacks.announcing import announce
from hotline.services.deadlines.keeping import stop
from hotline.services.record_rights import require, ties_to_callback
from hotline.services.sight import sight_of
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.callbacks.tries import CallbackTryStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class OwedCall:
    """A callback, and whom it would reach."""

    callback: Callback
    people: tuple[CallbackPerson, ...]

    @property
    def do_not_call(self) -> bool:
        """E10: one of them does not want to be called."""
        return any(person.do_not_call for person in self.people)


def owed_calls(tx: Transaction, include_closed: bool = False, limit: int = 200) -> list[OwedCall]:
    """By place in the waiting line, longest waiting first."""
    callbacks = CallbackStore(tx).list(include_closed, limit)
    people = CallbackStore(tx).people(callbacks)
    return [OwedCall(each, people.get(each.id or 0, ())) for each in callbacks]


def take_callback(storage: Storage, callback_id: int, actor: Actor, now: datetime) -> None:
    """They call back; a supervisor may take it from somebody. Taking one's own again changes nothing. Raises NotFound,
    Forbidden for one that another has taken, Conflict when somebody was faster."""
    with storage.writing() as tx:
        callback = open_callback(tx, callback_id)
        ties = ties_to_callback(callback, actor)
        require(Act.TAKE_CALLBACK, actor, ties)
        if Tie.TAKEN not in ties:
            _take(tx, callback, actor.name, actor, now)


def reveal_number(storage: Storage, callback_id: int, actor: Actor, now: datetime) -> str:
    """The number whole, for whoever has taken the callback; it stands in the audit log (F8). Raises NotFound,
    Forbidden."""
    with storage.writing() as tx:
        callback = open_callback(tx, callback_id)
        if not may_see(sight_of(tx, actor), callback.number):
            raise Forbidden("calls.callback_number")
        AuditLog(tx).add(now, actor.name, "callback.number", f"callback:{callback_id}")
        return callback.number


def hand_back(storage: Storage, callback_id: int, actor: Actor, now: datetime) -> None:
    """Nobody has taken it any more: anybody may. Raises NotFound, Forbidden, Conflict when it is somebody else's by
    now."""
    with storage.writing() as tx:
        callback = open_callback(tx, callback_id)
        require(Act.CLOSE_CALLBACK, actor, ties_to_callback(callback, actor))
        if callback.taken_by:
            release(tx, callback, actor.name, now)


def release(tx: Transaction, callback: Callback, by: str, now: datetime) -> None:
    """Raises Conflict when it is not theirs any more who have taken it."""
    callback_id = callback.id or 0
    if not CallbackTryStore(tx).hand_back(callback_id, callback.taken_by):
        raise Conflict("calls.callback_taken")
    announce(tx, "handed_back", [callback_id], now)
    AuditLog(tx).add(now, by, "callback.hand_back", f"callback:{callback_id}", callback.taken_by)


def assign_callback(storage: Storage, callback_id: int, username: str, actor: Actor, now: datetime) -> None:
    """Somebody else calls back. Raises NotFound, Forbidden, Refused for somebody who may take none, Conflict when
    somebody was faster."""
    with storage.writing() as tx:
        callback = open_callback(tx, callback_id)
        require(Act.ASSIGN_CALLBACK, actor, ties_to_callback(callback, actor))
        user = UserStore(tx).by_username(username)
        if user is None or not may_take(user, now):
            raise Refused("callbacks.takes_none", field="username")
        _take(tx, callback, username, actor, now)


def may_take(user: User, now: datetime) -> bool:
    """Whether a callback can be given to them."""
    return user.may_enter(now) and may(Act.TAKE_CALLBACK, user.roles, {Tie.FREE})


def close_callback(
    storage: Storage,
    callback_id: int,
    actor: Actor,
    note: str,
    now: datetime,
    outcome: CallbackOutcome = CallbackOutcome.DONE,
) -> None:
    """Over, with a note of what came of it. Raises Refused without a note, NotFound if there is no such open one,
    Forbidden for who has not taken it."""
    note = one_line(note)
    if not note:
        raise Refused("calls.callback_note", field="note")
    if not outcome.is_said:
        raise Refused("callbacks.outcome", field="outcome")
    with storage.writing() as tx:
        require(Act.CLOSE_CALLBACK, actor, ties_to_callback(open_callback(tx, callback_id), actor))
        if not CallbackStore(tx).close(callback_id, actor.name, note, now, outcome):
            raise NotFound("calls.no_callback", id=callback_id)
        stop(tx, CALLBACK_CLOCK, callback_id, now)
        announce(tx, "closed", [callback_id], now)
        AuditLog(tx).add(now, actor.name, "callback.close", f"callback:{callback_id}", note)


def open_callback(tx: Transaction, callback_id: int) -> Callback:
    """Raises NotFound for one that is closed or was never there."""
    found = CallbackStore(tx).by_id(callback_id) if is_id(callback_id) else None
    if found is None or found.closed_at is not None:
        raise NotFound("calls.no_callback", id=callback_id)
    return found


def _take(tx: Transaction, callback: Callback, by: str, actor: Actor, now: datetime) -> None:
    callback_id = callback.id or 0
    if not CallbackStore(tx).take(callback_id, by, callback.taken_by, now):
        raise Conflict("calls.callback_taken")
    announce(tx, "taken", [callback_id], now)
    AuditLog(tx).add(now, actor.name, "callback.take", f"callback:{callback_id}", "" if by == actor.name else by)
