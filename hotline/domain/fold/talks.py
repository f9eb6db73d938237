"""Who was in one bridge with whoever began the call, from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.events import CelType
from hotline.domain.fold.story import Story


@dataclass(frozen=True, slots=True)
class Together:
    """The first channel and `channel` in one bridge; no end while it lasts."""

    channel: str
    started_at: datetime
    ended_at: datetime | None


def together(story: Story, over_at: datetime | None) -> list[Together]:
    """In order of their start. What lasts at `over_at`, the end of the call, ends there."""
    first = story.start.channel
    bridge_of: dict[str, str] = {}
    since: dict[str, datetime] = {}
    found: list[Together] = []

    def settle(at: datetime) -> None:
        bridge = bridge_of.get(first)
        present = {c for c, b in bridge_of.items() if c != first and b == bridge} if bridge else set()
        for channel in [c for c in since if c not in present]:
            found.append(Together(channel, since.pop(channel), at))
        for channel in present:
            since.setdefault(channel, at)

    picker = ""
    for event in story.events:
        if event.type is CelType.PICKUP:
            picker = str(event.extra.get("pickup_channel", ""))
            continue
        if event.type is CelType.BRIDGE_ENTER:
            bridge = str(event.extra.get("bridge_id", ""))
            bridge_of[event.channel] = bridge
            if event.channel == first and picker:
                # Whoever picked up entered a moment before, still under the Linkedid of their own call.
                bridge_of.setdefault(picker, bridge)
                picker = ""
        elif event.type is CelType.BRIDGE_EXIT:
            if bridge_of.get(event.channel) == str(event.extra.get("bridge_id", "")):
                del bridge_of[event.channel]
        elif event.type in (CelType.HANGUP, CelType.CHAN_END):
            bridge_of.pop(event.channel, None)
        else:
            continue
        settle(event.at)
    found += [Together(channel, at, over_at) for channel, at in since.items()]
    return sorted(found, key=lambda t: t.started_at)


def union_seconds(spans: Iterable[tuple[datetime, datetime | None]], until: datetime) -> float:
    """Seconds covered by at least one span; an open one lasts `until`."""
    total, reached = 0.0, None
    for start, end in sorted((s, e or until) for s, e in spans):
        begin = start if reached is None else max(start, reached)
        if end > begin:
            total += (end - begin).total_seconds()
        reached = end if reached is None else max(reached, end)
    return round(total, 3)
