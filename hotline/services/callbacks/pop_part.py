"""What the pop shows of the calls that we owe the caller (A9)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hotline.domain.callbacks.owed import Callback
from hotline.domain.people import Actor
from hotline.services.pop_part import PopPart, Section, WhoCalls
from hotline.settings import Settings
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.transaction import Transaction


class CallbackOwed(Section):
    """A9: we owe this number a call; taking this one settles it. reason: requested, abandoned, missed, voicemail."""

    id: int
    reason: str
    due_at: datetime
    overdue: bool


class CallbacksOwed(Section):
    callbacks: tuple[CallbackOwed, ...]


def _read(tx: Transaction, settings: Settings, caller: WhoCalls) -> Sequence[Callback]:
    return CallbackStore(tx).owed_to(caller.number)


def _show(owed: Sequence[Callback], settings: Settings, actor: Actor, now: datetime) -> CallbacksOwed:
    return CallbacksOwed(callbacks=tuple(_callback(each, now) for each in owed))


def _callback(owed: Callback, now: datetime) -> CallbackOwed:
    return CallbackOwed(id=owed.id or 0, reason=owed.reason.value, due_at=owed.due_at, overdue=owed.due_at <= now)


POP_PART = PopPart(CallbacksOwed, _read, _show)
