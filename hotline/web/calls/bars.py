"""A call as bars on a line of time: menu, waiting, ringing, talk, hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from hotline.domain.calls.call import Call
from hotline.domain.calls.having import our_holds
from hotline.web.calls import labels
from hotline.web.calls.timeline import is_slow
from hotline.web.kit.formats import duration

#: Steps of the scale, in seconds; the first is taken that makes at most eight.
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200)


@dataclass(frozen=True)
class Bar:
    """`start` and `width` in percent of the call; `tone` names the colour."""

    start: float
    width: float
    tone: str
    title: str


@dataclass(frozen=True)
class Lane:
    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Tick:
    at: float
    text: str


def lanes(call: Call, now: datetime) -> list[Lane]:
    """The call's spans, a lane a kind; spans still open last until `now`."""
    scale = _Scale(call.started_at, call.ended_at or now)
    found = [
        Lane(gettext("Menu"), (scale.bar(call.started_at, _menu_end(call), "menu", gettext("Greeting and menu")),)),
        Lane(gettext("Waiting"), _waiting(call, scale)),
        Lane(gettext("Ringing"), _ringing(call, scale)),
        Lane(gettext("Talk"), _talking(call, scale)),
        Lane(gettext("Hold"), _holds(call, scale)),
        Lane(gettext("Not recorded"), _pauses(call, scale)),
    ]
    return [lane for lane in found if lane.bars]


def ticks(call: Call, now: datetime) -> list[Tick]:
    """Round times along the bars: nine at most, for a call of a working day."""
    total = _Scale(call.started_at, call.ended_at or now).total
    step = next((s for s in _STEPS if total / s <= 8), _STEPS[-1])
    return [Tick(100 * n * step / total, duration(n * step)) for n in range(int(total // step) + 1)][:9]


def _waiting(call: Call, scale: _Scale) -> tuple[Bar, ...]:
    return tuple(scale.bar(q.joined_at, q.left_at, "wait", labels.queue_name(q.queue)) for q in call.queues)


def _ringing(call: Call, scale: _Scale) -> tuple[Bar, ...]:
    return tuple(
        scale.bar(r.started_at, r.ended_at, "slow" if is_slow(call, r) else "ring", labels.party_name(r.party))
        for r in call.rings
    )


def _talking(call: Call, scale: _Scale) -> tuple[Bar, ...]:
    return tuple(scale.bar(t.started_at, t.ended_at, "talk", labels.party_name(t.party)) for t in call.talks)


def _holds(call: Call, scale: _Scale) -> tuple[Bar, ...]:
    return tuple(scale.bar(h.started_at, h.ended_at, "hold", gettext("On hold")) for h in our_holds(call))


def _pauses(call: Call, scale: _Scale) -> tuple[Bar, ...]:
    return tuple(scale.bar(p.started_at, p.ended_at, "pause", gettext("Recording paused")) for p in call.pauses)


def _menu_end(call: Call) -> datetime | None:
    """When the caller got beyond greeting and menu, or left in it."""
    beyond = [
        *(q.joined_at for q in call.queues),
        *(r.started_at for r in call.rings),
        *(r.at for r in call.recordings),
        *(t.started_at for t in call.talks),
    ]
    return min(beyond) if beyond else call.ended_at


class _Scale:
    def __init__(self, start: datetime, end: datetime) -> None:
        self._start = start
        self._end = end
        self.total = max((end - start).total_seconds(), 1.0)

    def bar(self, start: datetime, end: datetime | None, tone: str, title: str) -> Bar:
        """Kept within the picture; never so narrow that it could not be seen."""
        left = min(max((start - self._start).total_seconds() / self.total * 100, 0.0), 100.0)
        right = min(max(((end or self._end) - self._start).total_seconds() / self.total * 100, left), 100.0)
        length = duration(((end or self._end) - start).total_seconds())
        width = max(right - left, 0.4)
        return Bar(round(min(left, 100 - width), 2), round(width, 2), tone, f"{title} · {length}" if title else length)
