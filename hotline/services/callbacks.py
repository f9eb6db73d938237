"""The calls that we owe (A9): which, and that one was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.callback import CallbackPerson
from hotline.domain.records import Callback
from hotline.domain.text import one_line
from hotline.services.errors import NotFound, Refused
from hotline.services.ports import Storage, Work


@dataclass(frozen=True, slots=True)
class OwedCall:
    """A callback, and whom it would reach."""

    callback: Callback
    people: tuple[CallbackPerson, ...]

    @property
    def do_not_call(self) -> bool:
        """E10: one of them does not want to be called."""
        return any(person.do_not_call for person in self.people)


def owed_calls(work: Work, include_closed: bool = False, limit: int = 200) -> list[OwedCall]:
    """By place in the waiting line, longest waiting first."""
    callbacks = work.callbacks.list(include_closed, limit)
    people = work.callbacks.people(callbacks)
    return [OwedCall(each, people.get(each.id or 0, ())) for each in callbacks]


def close_callback(storage: Storage, callback_id: int, by: str, note: str, now: datetime) -> None:
    """Done, with a note of what came of it. Raises Refused without a note, NotFound if there is no such open one."""
    note = one_line(note)
    if not note:
        raise Refused("a note of what came of the callback was expected")
    with storage.writing() as work:
        if callback_id >= 2**31 or not work.callbacks.close(callback_id, by, note, now):
            raise NotFound(f"there is no open callback {callback_id}")
        work.audit.add(now, by, "callback.close", f"callback:{callback_id}", note)
