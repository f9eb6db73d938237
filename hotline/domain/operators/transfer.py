"""The result of a transfer that an operator ordered (A12), read from the folded call. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.calls.call import Call, Party, PartyKind, Talk
from hotline.domain.calls.having import talk_now
from hotline.domain.operators.presence import TransferOrder, TransferState
from hotline.domain.reasons import Reason, because

#: The reason of the route that leads a caller whom nobody took back to the queue.
RETURNED = "transfer_returned"

#: The order is written down before Asterisk is asked; clocks of two processes of one machine may still differ.
_MARGIN = timedelta(seconds=1)


def became_of(order: TransferOrder, call: Call) -> tuple[TransferState, Reason | None] | None:
    """The order's end and what was wrong, None for nothing; None while it is under way."""
    since = order.at - _MARGIN
    if any(
        t.started_at >= since and not _ended_before(order, t) and _is_target(order, t.party)
        for t in _talks_after(order, call)
    ):
        return TransferState.DONE, None
    if any(route.reason == RETURNED and route.at >= since for route in call.routes):
        return TransferState.RETURNED, because("operators.nobody_took_it")
    if order.kind == "attended" and _came_back(order, call, since):
        return TransferState.RETURNED, because("operators.nobody_took_it")
    # Whoever ordered it was lost, or loaded their page anew: the caller went on by another way.
    talk = talk_now(call)
    if talk is not None and talk.started_at > order.at + _MARGIN and not _is_target(order, talk.party):
        return TransferState.RETURNED, because("operators.nobody_took_it")
    if call.ended_at is not None:
        return TransferState.FAILED, because("operators.caller_was_gone")
    return None


def _came_back(order: TransferOrder, call: Call, since: datetime) -> bool:
    """The operator was away to consult and is with the caller again, or was, and the caller has not gone on to
    anybody."""
    asked = [hold for hold in call.holds if hold.by == order.from_extension and hold.started_at >= since]
    joined = any(t.kind == "attended" and t.at >= since for t in call.transfers)
    if joined or not asked or (over := asked[-1].ended_at) is None:
        return False
    return any(t.party.id == order.from_extension and (t.ended_at is None or t.ended_at > over) for t in call.talks)


def _talks_after(order: TransferOrder, call: Call) -> list[Talk]:
    """Talks that count: of an attended transfer those that began when the two were joined."""
    if order.kind == "blind":
        return list(call.talks)
    joined = [t.at for t in call.transfers if t.kind == "attended" and t.at >= order.at - _MARGIN]
    return [t for t in call.talks if joined and t.started_at >= joined[0] - _MARGIN]


def _ended_before(order: TransferOrder, talk: Talk) -> bool:
    """The target had the caller within the margin before the order, and passed them on to whoever gives it."""
    return talk.ended_at is not None and talk.ended_at < order.at


def _is_target(order: TransferOrder, party: Party) -> bool:
    if order.to_kind == "operator":
        return party.kind is PartyKind.OPERATOR and party.id == order.to_id
    return party.kind is PartyKind.MOBILE or (party.kind is PartyKind.OPERATOR and party.id != order.from_extension)
