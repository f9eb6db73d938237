"""Who hangs up while they are told that the call is recorded was talked with by nobody (G1), even where Asterisk joins
the two for an instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hotline.domain.calls.call import Call
from hotline.domain.calls.dialled_id import dialled_id
from hotline.domain.calls.events import CelType, ChannelEvent
from hotline.domain.calls.fold import Directory, fold
from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.dialling.ending import outcome_of

AT = datetime(2026, 11, 16, 2, 30, tzinfo=UTC)
DIALLED = dialled_id("node1", AT, "0123456789ab")
OURS, CUSTOMER = "PJSIP/1001-00000000", "PJSIP/callback_trunk-00000001"


def dialled(notice: bool, together_seconds: float) -> Call:
    """As Asterisk 22 wrote it down of such a call."""
    events: list[ChannelEvent] = []

    def at(seconds: float, kind: CelType, channel: str, user_event: str = "", **extra: object) -> None:
        uniqueid = DIALLED if channel == OURS else "node1-1.1"
        moment = AT + timedelta(seconds=seconds)
        exten = "s" if kind is CelType.CHAN_START else ""
        events.append(
            ChannelEvent(moment, kind, DIALLED, uniqueid, channel, exten=exten, extra=extra, user_event=user_event)
        )

    over = 3 + together_seconds
    at(0.0, CelType.CHAN_START, OURS)
    at(0.1, CelType.USER_DEFINED, OURS, "HL_DIAL", extra="told=plain:13912345678:main")
    at(0.5, CelType.ANSWER, OURS)
    at(0.6, CelType.CHAN_START, CUSTOMER)
    at(1.6, CelType.ANSWER, CUSTOMER)
    if notice:
        at(2.9, CelType.USER_DEFINED, CUSTOMER, "HL_NOTICE")
    for channel in (CUSTOMER, OURS):
        at(3.0, CelType.BRIDGE_ENTER, channel, bridge_id="b")
    for channel in (CUSTOMER, OURS):
        at(over, CelType.BRIDGE_EXIT, channel, bridge_id="b")
    at(over + 0.01, CelType.USER_DEFINED, OURS, "HL_DIALLED", extra="status=ANSWER;cause=16;sip=200")
    at(over + 0.02, CelType.HANGUP, CUSTOMER, hangupcause=16, hangupsource=CUSTOMER)
    at(over + 0.02, CelType.CHAN_END, CUSTOMER)
    at(over + 0.03, CelType.HANGUP, OURS, hangupcause=16, hangupsource="")
    at(over + 0.03, CelType.CHAN_END, OURS)
    at(over + 0.03, CelType.LINKEDID_END, OURS)
    call = fold("node1", DIALLED, events, [], Directory(operators={"1001": "赵敏"}))
    assert call is not None
    return call


@pytest.mark.parametrize(
    ("notice", "together_seconds", "outcome"),
    [
        (False, 0.00005, DialOutcome.DECLINED),
        (True, 0.00005, DialOutcome.REACHED),
        (False, 20.0, DialOutcome.REACHED),  # no notice could be played: they are talked with, unrecorded
    ],
)
def test_a_dial_is_reached_by_a_talk_alone(notice: bool, together_seconds: float, outcome: DialOutcome) -> None:
    call = dialled(notice, together_seconds)
    assert outcome_of(call) is outcome
    assert bool(call.talks) == (outcome is DialOutcome.REACHED)
