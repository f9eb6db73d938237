"""From the call to how its dial went. Pure."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.calls.call import Call, DialEnd, PartyKind
from hotline.domain.calls.having import in_turn
from hotline.domain.dialling.dial import DialOutcome

#: What carriers answer (RFC 3261, RFC 5057), where the code says more than Asterisk's own word.
_BY_SIP = {
    **dict.fromkeys((404, 410, 484, 485, 604), DialOutcome.INVALID),
    **dict.fromkeys((480, 430), DialOutcome.UNREACHABLE),
    **dict.fromkeys((486, 600), DialOutcome.BUSY),
    **dict.fromkeys((603, 607), DialOutcome.DECLINED),
    **dict.fromkeys((487,), DialOutcome.NO_ANSWER),
    **dict.fromkeys((503,), DialOutcome.CONGESTED),
}

#: The same by causes (Q.850).
_BY_CAUSE = {
    **dict.fromkeys((1, 22, 28), DialOutcome.INVALID),
    **dict.fromkeys((18, 27), DialOutcome.UNREACHABLE),
    **dict.fromkeys((21,), DialOutcome.DECLINED),
    **dict.fromkeys((34, 42, 44), DialOutcome.CONGESTED),
}

_BY_STATUS = {
    "GONE": DialOutcome.OPERATOR_GONE,
    "CHANNELS": DialOutcome.CONGESTED,
    "BUSY": DialOutcome.BUSY,
    "NOANSWER": DialOutcome.NO_ANSWER,
    "CANCEL": DialOutcome.CANCELLED,
    # By the dialplan: nothing that our process had permitted.
    "REFUSED": DialOutcome.CANCELLED,
}

#: The customer's phone was not even tried: who answered was the operator.
_NEVER_RUNG = frozenset({"GONE", "CHANNELS", "REFUSED"})


def outcome_of(call: Call) -> DialOutcome | None:
    """None while it goes on, and while Asterisk has not said how it went (`outcome_unsaid`)."""
    if call.ended_at is None or call.dial_end is None:
        return None
    if call.talks:
        return DialOutcome.REACHED
    if call.answered_at is not None and call.dial_end.status not in _NEVER_RUNG:
        return _in_the_notice(call)
    return _unanswered(call.dial_end)


def passed_on_at(call: Call, extension: str) -> datetime | None:
    """When whoever dialled was done with the customer, whom somebody else has by now; None while nobody has."""
    turns = in_turn(call.talks)
    own = [talk.ended_at for talk in turns if (talk.party.kind, talk.party.id) == (PartyKind.OPERATOR, extension)]
    if not own or own[-1] is None or turns[-1].party.id == extension:
        return None
    return own[-1]


def outcome_unsaid(call: Call | None) -> DialOutcome:
    """Of a dial of which Asterisk never said how it went, since it was killed or never began: as the call shows it."""
    return DialOutcome.REACHED if call is not None and call.talks else DialOutcome.CANCELLED


def _in_the_notice(call: Call) -> DialOutcome:
    """Answered, and over before the two could talk (G1)."""
    by_customer = call.hang_up is not None and call.hang_up.by.kind is PartyKind.CALLER
    return DialOutcome.DECLINED if by_customer else DialOutcome.CANCELLED


def _unanswered(end: DialEnd) -> DialOutcome:
    if end.status in _NEVER_RUNG or end.status == "CANCEL":
        return _BY_STATUS[end.status]
    if end.status == "NOANSWER" and not end.sip:
        return DialOutcome.TRUNK_DOWN  # it did not even say that it rings
    if end.sip >= 400 and end.sip in _BY_SIP:
        return _BY_SIP[end.sip]
    if end.sip >= 400:
        # It refuses us, or cannot: whatever we dial.
        return DialOutcome.TRUNK_DOWN
    if end.status in _BY_STATUS:
        return _BY_STATUS[end.status]
    return _BY_CAUSE.get(end.cause, DialOutcome.TRUNK_DOWN)
