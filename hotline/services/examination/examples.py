"""Calls shown in training (F9), without the customer's data."""

from __future__ import annotations

import re
from datetime import datetime

from hotline.domain.calls.call import Call
from hotline.domain.calls.ledger import StoredCall
from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.examination.records import LONGEST_EXAMPLE_SECONDS as LONGEST_SECONDS
from hotline.domain.examination.records import Example
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.text import clean
from hotline.services.access import may_hear, read_call, require_right
from hotline.services.quality.measuring import talk_recording
from hotline.storage.audit import AuditLog
from hotline.storage.examination.corrective_actions import ExampleStore
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Storage, Transaction

#: So many digits of a number tell whose it is.
_TELLING_DIGITS = 7


def mark(
    storage: Storage,
    call_id: int,
    title: str,
    lesson: str,
    part: tuple[float, float] | None,
    actor: Actor,
    now: datetime,
    caller_silenced: bool = True,
    caller_reason: str = "",
) -> Example:
    """Show the `part` from–to in seconds of the call's recording, or all of one that is no longer than a part may be.
    The caller is heard only if a supervisor says why. Raises Forbidden also for who may not hear the call, NotFound,
    Refused also where title or lesson tell who the customer is, Conflict when it is shown already."""
    require_right(Act.MARK_EXAMPLE, actor)
    reason = clean(caller_reason, several_lines=False).strip()
    if not caller_silenced:
        require_right(Act.LET_CALLER_BE_HEARD, actor)
        if not reason:
            raise Refused("examination.example_caller_reason", field="caller_reason")
    name, words = clean(title, several_lines=False).strip(), clean(lesson, several_lines=True).strip()
    if not name or not words:
        raise Refused("examination.example_words")
    if part is not None and not 0 <= part[0] < part[1]:
        raise Refused("examination.part_order")
    with storage.writing() as tx:
        stored = read_call(tx, call_id)
        call = stored.call
        if not may_hear(tx, call, actor):
            raise Forbidden("examination.example_of_unheard_call")
        _require_within(stored, part)
        _require_no_customer(tx, call, f"{name}\n{words}")
        if ExampleStore(tx).is_shown(call.node, call.linkedid):
            raise Conflict("examination.example_there")
        start, end = part if part is not None else (None, None)
        made = ExampleStore(tx).add(
            Example(
                call.node,
                call.linkedid,
                name,
                words,
                actor.name,
                now,
                start,
                end,
                caller_silenced,
                "" if caller_silenced else reason,
            )
        )
        detail = name if caller_silenced else f"{name}; the caller is heard: {reason}"
        AuditLog(tx).add(now, actor.name, "example.mark", f"call:{call_id}", detail)
        return made


def unmark(storage: Storage, example_id: int, actor: Actor, now: datetime) -> None:
    """Show it no longer. Raises Forbidden, NotFound."""
    require_right(Act.MARK_EXAMPLE, actor)
    with storage.writing() as tx:
        if not ExampleStore(tx).remove(example_id, now):
            raise NotFound("examination.no_example", id=example_id)
        AuditLog(tx).add(now, actor.name, "example.unmark", f"example:{example_id}")


def list_examples(tx: Transaction, limit: int) -> list[Example]:
    """Newest first."""
    return ExampleStore(tx).shown(limit)


def _require_within(stored: StoredCall, part: tuple[float, float] | None) -> None:
    entry = talk_recording(stored)
    seconds = entry.seconds if entry else None
    length = part[1] - part[0] if part is not None else seconds or 0.0
    if length > LONGEST_SECONDS:
        raise Refused("examination.part_too_long", minutes=LONGEST_SECONDS // 60)
    if part is not None and seconds is not None and part[1] > seconds + 1:
        raise Refused("examination.part_beyond", seconds=round(seconds))


def _require_no_customer(tx: Transaction, call: Call, text: str) -> None:
    form = FormStore(tx).of_calls(call.node, [call.linkedid]).get(call.linkedid)
    names = {call.caller.name.strip(), form.caller_name.strip() if form else ""}
    digits = re.sub(r"[\s().-]", "", text)
    numbers = {
        re.sub(r"\D", "", each)
        for each in (
            call.caller.number,
            call.caller.original,
            form.number if form else "",
            form.callback_number if form else "",
        )
    }
    tells_number = any(len(n) >= _TELLING_DIGITS and n[-_TELLING_DIGITS:] in digits for n in numbers)
    if tells_number or any(len(name) > 1 and name in text for name in names):
        raise Refused("examination.example_tells_who")
