"""Leave and swaps that wait for an answer, and shifts that wait for somebody (F6)."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.services.staff.people import own_person
from hotline.services.waiting import Waiting
from hotline.storage.shifts.requests import LeaveStore, SwapStore
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.transaction import Transaction


def _to_decide(tx: Transaction, actor: Actor, now: datetime) -> int:
    if not may(Act.PLAN_SHIFTS, actor.roles):
        return 0
    return LeaveStore(tx).waiting() + SwapStore(tx).to_approve() + ShiftStore(tx).count_open(now)


def _to_answer(tx: Transaction, actor: Actor) -> int:
    own = own_person(tx, actor)
    return SwapStore(tx).to_answer(own.id) if own is not None and own.id is not None else 0


WAITING = Waiting({"own_swaps": _to_answer}, counts_at={"shift_requests": _to_decide})
