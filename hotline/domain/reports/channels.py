"""How many channels of the 400 line's trunk calls took, and for how long there was none left (figure 37). Pure.

A caller for whom the carrier has no channel left hears it engaged, and leaves no trace here. What is known is when all
channels that the carrier lets us have were taken: whoever called then was turned away.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta

from hotline.domain.calls.call import Call, Direction, PartyKind, Ring

_Span = tuple[datetime, datetime]


def channels_of(call: Call, of_other_trunks: Collection[str], until: datetime) -> Iterator[_Span]:
    """When a call took a channel, once for each: its caller's from beginning to end, and that of each mobile from its
    ringing to the end of its talk. `of_other_trunks`: numbers, in digits, by which callers come in elsewhere. `until`:
    up to which moment what has no end yet is known."""
    over = call.ended_at or until
    if call.direction is Direction.INBOUND and re.sub(r"[^0-9]", "", call.dialled) not in of_other_trunks:
        yield call.started_at, over
    for ring in call.rings:
        if ring.party.kind is PartyKind.MOBILE:
            yield ring.started_at, _end_of_leg(call, ring, over)


def within(spans: Iterable[_Span], since: datetime, until: datetime) -> list[_Span]:
    """What of each lies in [since, until)."""
    cut = ((max(start, since), min(end, until)) for start, end in spans)
    return [(start, end) for start, end in cut if start < end]


def time_with(spans: Iterable[_Span], count: int) -> timedelta:
    """How long at least so many of these half-open spans went at once. `count`: at least 1."""
    edges = sorted(edge for start, end in spans if start < end for edge in ((start, 1), (end, -1)))
    found, now, since = timedelta(), 0, None
    for moment, step in edges:
        was_full, now = now >= count, now + step
        if now >= count and not was_full:
            since = moment
        elif was_full and now < count and since is not None:
            found += moment - since
    return found


def _end_of_leg(call: Call, ring: Ring, over: datetime) -> datetime:
    if ring.result != "answered":
        return ring.ended_at or over
    talks = [talk for talk in call.talks if talk.party.id == ring.party.id and talk.started_at >= ring.started_at]
    return min((talk.ended_at or over for talk in talks), default=ring.ended_at or over)
