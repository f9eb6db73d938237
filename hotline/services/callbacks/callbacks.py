"""Callbacks (A9): which are owed, who takes one, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.callbacks.callback import CallbackPerson
from hotline.domain.callbacks.owed import CALLBACK_CLOCK, Callback, CallbackReason
from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.people import Actor
from hotline.domain.recordings.recording import voicemail_file
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.rights.seeing import may_see
from hotline.domain.text import one_line
from hotline.services.deadlines.keeping import stop
from hotline.services.deadlines.view import ShownDeadline, shown_deadlines
from hotline.services.looks import note_look
from hotline.services.record_rights import require, ties_to_callback
from hotline.services.sight import sight_of
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.calls.store import CallStore
from hotline.storage.recordings.store import RecordingStore
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


@dataclass(frozen=True, slots=True)
class SeenCallbacks:
    """The open callbacks by place in the waiting line. By a callback's id, `call_ids`: its call, None when the ledger
    does not hold it any more; `may_do`: the acts that whoever looks may do;
    `deadlines`: when they are due (A9). `silent`: see `silent_messages`."""

    owed: tuple[OwedCall, ...]
    call_ids: Mapping[int, int | None]
    silent: frozenset[int]
    may_do: Mapping[int, frozenset[str]]
    deadlines: Mapping[int, ShownDeadline]


def see_owed(storage: Storage, settings: Settings, actor: Actor, now: datetime) -> SeenCallbacks:
    """The look stands in the audit log (F8)."""
    with storage.reading() as tx:
        owed = [each for each in owed_calls(tx) if _sees(each.callback, actor)]
        callbacks = [each.callback for each in owed]
        known = CallStore(tx).ids_by_call((each.node, each.linkedid) for each in callbacks)
        silent = silent_messages(tx, callbacks)
        due = {each.id or 0: each.due_at for each in callbacks}
        deadlines = shown_deadlines(tx, settings, CALLBACK_CLOCK, due, now)
    note_look(storage, actor, now, "callbacks.view", "callbacks", f"{len(owed)} open")
    call_ids = {each.id or 0: known.get((each.node, each.linkedid)) for each in callbacks}
    may_do = {each.id or 0: _may_do(each, actor) for each in callbacks}
    return SeenCallbacks(tuple(owed), call_ids, silent, may_do, deadlines)


def owed_calls(tx: Transaction, include_closed: bool = False, limit: int = 200) -> list[OwedCall]:
    """By place in the waiting line, longest waiting first."""
    callbacks = CallbackStore(tx).list(include_closed, limit)
    people = CallbackStore(tx).people(callbacks)
    return [OwedCall(each, people.get(each.id or 0, ())) for each in callbacks]


def silent_messages(tx: Transaction, callbacks: Sequence[Callback]) -> frozenset[int]:
    """The ids of those of these callbacks whose caller came to the voicemail and said nothing there."""
    asked = {(c.node, c.linkedid): c.id for c in callbacks if c.reason is CallbackReason.VOICEMAIL and c.id is not None}
    found: set[int] = set()
    for node in {node for node, _linkedid in asked}:
        files = [voicemail_file(linkedid) for at, linkedid in asked if at == node]
        entries = RecordingStore(tx).of_sources(node, files)
        found |= {asked[node, entry.linkedid] for entry in entries if entry.nothing_said}
    return frozenset(found)


def take_callback(storage: Storage, callback_id: int, actor: Actor, now: datetime) -> None:
    """They call back; a supervisor may take it from somebody. Taking one's own again changes nothing. Raises NotFound,
    Forbidden for one that another has taken, Conflict when somebody was faster."""
    with storage.writing() as tx:
        callback = _open(tx, callback_id)
        ties = ties_to_callback(callback, actor)
        require(Act.TAKE_CALLBACK, actor, ties)
        if Tie.TAKEN in ties:
            return
        if not CallbackStore(tx).take(callback_id, actor.name, callback.taken_by, now):
            raise Conflict("calls.callback_taken")
        AuditLog(tx).add(now, actor.name, "callback.take", f"callback:{callback_id}")


def reveal_number(storage: Storage, callback_id: int, actor: Actor, now: datetime) -> str:
    """The number whole, for whoever has taken the callback; it stands in the audit log (F8). Raises NotFound,
    Forbidden."""
    with storage.writing() as tx:
        callback = _open(tx, callback_id)
        if not may_see(sight_of(tx, actor), callback.number):
            raise Forbidden("calls.callback_number")
        AuditLog(tx).add(now, actor.name, "callback.number", f"callback:{callback_id}")
        return callback.number


def close_callback(storage: Storage, callback_id: int, actor: Actor, note: str, now: datetime) -> None:
    """Done, with a note of what came of it. Raises Refused without a note, NotFound if there is no such open one,
    Forbidden for who has not taken it."""
    note = one_line(note)
    if not note:
        raise Refused("calls.callback_note", field="note")
    with storage.writing() as tx:
        require(Act.CLOSE_CALLBACK, actor, ties_to_callback(_open(tx, callback_id), actor))
        if not CallbackStore(tx).close(callback_id, actor.name, note, now):
            raise NotFound("calls.no_callback", id=callback_id)
        stop(tx, CALLBACK_CLOCK, callback_id, now)
        AuditLog(tx).add(now, actor.name, "callback.close", f"callback:{callback_id}", note)


def _sees(callback: Callback, actor: Actor) -> bool:
    return may(Act.SEE_CALLBACKS, actor.roles, ties_to_callback(callback, actor))


def _may_do(callback: Callback, actor: Actor) -> frozenset[str]:
    ties = ties_to_callback(callback, actor)
    return frozenset(act.value for act in (Act.TAKE_CALLBACK, Act.CLOSE_CALLBACK) if may(act, actor.roles, ties))


def _open(tx: Transaction, callback_id: int) -> Callback:
    found = CallbackStore(tx).by_id(callback_id) if callback_id < 2**31 else None
    if found is None or found.closed_at is not None:
        raise NotFound("calls.no_callback", id=callback_id)
    return found
