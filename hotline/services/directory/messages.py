"""Messages that callers leave for people of the directory (A14), until they are passed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain import numbers
from hotline.domain.directory import directory
from hotline.domain.directory.directory import DirectoryMessage, DirectoryPerson
from hotline.domain.errors import NotFound, Refused
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.rights.seeing import Sight, may_see
from hotline.domain.text import one_line, several_lines
from hotline.services.directory.directory import person_of
from hotline.services.looks import note_look
from hotline.services.record_rights import require, ties_to_call
from hotline.services.sight import sight_of
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.directory.store import DirectoryStore, MessageStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class NewMessage:
    """`call_id`: the call in which it was left; it gives the caller's number where none is written."""

    text: str
    caller_name: str = ""
    caller_number: str = ""
    call_id: int | None = None


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message with whom it is for (None: no longer in the directory) and its call's id in the ledger. `whole`: the
    caller's number may be shown so."""

    message: DirectoryMessage
    person: DirectoryPerson | None
    call_id: int | None
    whole: bool


def leave(storage: Storage, person_id: int, new: NewMessage, actor: Actor, now: datetime) -> DirectoryMessage:
    """Raises NotFound, Refused, Forbidden for a call that they did not have."""
    with storage.writing() as tx:
        person_of(tx, person_id)
        message = MessageStore(tx).add(_message(tx, person_id, new, actor, now))
        AuditLog(tx).add(now, actor.name, "message.leave", f"message:{message.id}", f"directory:{person_id}")
    return message


def listed(
    storage: Storage, actor: Actor, now: datetime, open_only: bool = False, limit: int = 200, offset: int = 0
) -> list[ShownMessage]:
    """Open ones first, the longest waiting first."""
    with storage.reading() as tx:
        sight = sight_of(tx, actor)
        found = [_shown(tx, each, sight, actor) for each in MessageStore(tx).list(open_only, None, limit, offset)]
    note_look(storage, actor, now, "messages.view", "messages", f"{len(found)} messages")
    return found


def shown(storage: Storage, message: DirectoryMessage, actor: Actor) -> ShownMessage:
    with storage.reading() as tx:
        return _shown(tx, message, sight_of(tx, actor), actor)


def pass_on(storage: Storage, message_id: int, note: str, actor: Actor, now: datetime) -> DirectoryMessage:
    """The person has it now. Raises NotFound when no such message is open."""
    plain = several_lines(note)
    if len(plain) > directory.MAX_MESSAGE:
        raise Refused("directory.too_long", most=directory.MAX_MESSAGE, field="note")
    with storage.writing() as tx:
        if not is_id(message_id) or not MessageStore(tx).pass_on(message_id, actor.name, plain, now):
            raise NotFound("directory.no_message", id=message_id)
        AuditLog(tx).add(now, actor.name, "message.pass_on", f"message:{message_id}")
        message = MessageStore(tx).by_id(message_id)
    assert message is not None
    return message


def _message(tx: Transaction, person_id: int, new: NewMessage, actor: Actor, now: datetime) -> DirectoryMessage:
    text = several_lines(new.text)
    if not 1 <= len(text) <= directory.MAX_MESSAGE:
        raise Refused("directory.message_text", most=directory.MAX_MESSAGE, field="text")
    name, written = one_line(new.caller_name), one_line(new.caller_number)
    if len(name) > directory.MAX_NAME:
        raise Refused("directory.too_long", most=directory.MAX_NAME, field="caller_name")
    stored = CallStore(tx).by_id(new.call_id) if new.call_id is not None and is_id(new.call_id) else None
    if new.call_id is not None and stored is None:
        raise Refused("calls.no_call", id=new.call_id, field="call_id")
    if stored is not None:
        require(Act.LEAVE_MESSAGE, actor, ties_to_call(stored.call, actor))
    number = numbers.normalise(new.caller_number)
    if written and not number:
        raise Refused("customers.number", field="caller_number")
    call = stored.call if stored else None
    return DirectoryMessage(
        person_id,
        text,
        actor.name,
        now,
        call.node if call else "",
        call.linkedid if call else "",
        name,
        number or (call.caller.number if call else numbers.NO_NUMBER),
    )


def _shown(tx: Transaction, message: DirectoryMessage, sight: Sight, actor: Actor) -> ShownMessage:
    """Whoever has left a message had the number from the caller, and passes it on."""
    call_id = CallStore(tx).id_of(message.node, message.linkedid) if message.linkedid else None
    whole = message.left_by == actor.name or may_see(sight, message.caller_number)
    return ShownMessage(message, DirectoryStore(tx).by_id(message.person_id), call_id, whole)
