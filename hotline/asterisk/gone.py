"""Calls that the CEL database shows without an end, though Asterisk no longer has any of their channels. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hotline.domain.calls.call import Call, Outcome
from hotline.domain.calls.events import CelType, ChannelEvent, Fact, FactKind

#: Asterisk writes a call's end within milliseconds of its last channel's; one that is still missing after
#: this will not come.
END_IS_LATE = timedelta(seconds=60)

#: Remark on a call whose end was never written, for no reason that is known.
END_LOST = "end_lost"


def has_end(events: Sequence[ChannelEvent]) -> bool:
    return any(event.type is CelType.LINKEDID_END for event in events)


def restart_fact(linkedid: str, events: Sequence[ChannelEvent], booted_at: datetime) -> Fact | None:
    """That Asterisk's restart ended this call, if its last event is from before. `booted_at` is known to the
    second, so a call of the new Asterisk's first second must be excluded by its channels."""
    if not events or max(event.at for event in events) >= booted_at:
        return None
    return Fact(booted_at, FactKind.PBX_RESTARTED, linkedid)


def overdue_end(events: Sequence[ChannelEvent], now: datetime) -> ChannelEvent | None:
    """The end that the CEL database has lost, put at the call's last event; None while it may still come."""
    last = max(events, key=lambda event: event.at)
    if now - last.at < END_IS_LATE:
        return None
    return replace(last, type=CelType.LINKEDID_END, extra={}, user_event="")


def marked(call: Call) -> Call:
    """The call with the remark that its end was lost."""
    return replace(call, remarks=(*call.remarks, END_LOST))


def closed_without_trace(call: Call, at: datetime) -> Call:
    """A call that is open in the ledger and of which the CEL database knows nothing (the file was taken
    away)."""
    return marked(replace(call, ended_at=at, outcome=call.outcome or Outcome.FAILED))
