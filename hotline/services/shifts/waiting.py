"""Leave and swaps that wait for an answer (F6)."""

from __future__ import annotations

from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.services.staff.people import own_person
from hotline.services.waiting import Waiting
from hotline.storage.shifts.requests import LeaveStore, SwapStore
from hotline.storage.transaction import Transaction


def _to_decide(tx: Transaction, actor: Actor) -> int:
    return LeaveStore(tx).waiting() + SwapStore(tx).to_approve() if may(Act.PLAN_SHIFTS, actor.roles) else 0


def _to_answer(tx: Transaction, actor: Actor) -> int:
    own = own_person(tx, actor)
    return SwapStore(tx).to_answer(own.id) if own is not None and own.id is not None else 0


WAITING = Waiting({"shift_requests": _to_decide, "own_swaps": _to_answer})
