"""Talks: who was in one bridge with the party that began the call, from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.calls.events import CelType, ChannelEvent
from hotline.domain.calls.fold.consults import consults_of
from hotline.domain.calls.fold.people import is_local
from hotline.domain.calls.fold.story import Story

#: Where a channel goes into a bridge, out of one, or away.
_MOVES = frozenset({CelType.BRIDGE_ENTER, CelType.BRIDGE_EXIT, CelType.HANGUP, CelType.CHAN_END})

#: What belongs together in the log lies no further apart.
_SIMULTANEOUS = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Together:
    """The first channel and `channel` in one bridge; no end while it lasts."""

    channel: str
    started_at: datetime
    ended_at: datetime | None


def together(story: Story, over_at: datetime | None) -> list[Together]:
    """In order of their start. What lasts at `over_at`, the end of the call, ends there."""
    first = story.caller
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

    elsewhere = _entered_elsewhere(story)
    aside = _aside(story)
    for event in story.events:
        if event.type not in _MOVES or is_local(event.channel) or event in aside:
            continue
        if event.type is CelType.BRIDGE_ENTER:
            bridge_of[event.channel] = str(event.extra.get("bridge_id", ""))
            if event.channel == first:
                for channel in elsewhere & {*_peers(event), *_exits(story, bridge_of[first]), *_pickers(story)}:
                    bridge_of.setdefault(channel, bridge_of[first])
        elif event.type is CelType.BRIDGE_EXIT:
            # Who passes the caller on leaves the bridge in which they consulted, not the caller's.
            if bridge_of.get(event.channel) == str(event.extra.get("bridge_id", "")) or _has_passed_on(story, event):
                bridge_of.pop(event.channel, None)
        else:
            bridge_of.pop(event.channel, None)
        settle(event.at)
    found += [Together(channel, at, over_at) for channel, at in since.items()]
    return sorted(found, key=lambda t: t.started_at)


def _aside(story: Story) -> list[ChannelEvent]:
    """The steps into and out of a consultation, during which the talk with the caller goes on, as it does on hold."""
    found: list[ChannelEvent] = []
    for consult in consults_of(story):
        own = [
            event
            for event in story.events
            if event.channel == consult.channel and event.type in (CelType.BRIDGE_ENTER, CelType.BRIDGE_EXIT)
        ]
        for index, event in enumerate(own):
            if event.extra.get("bridge_id") == consult.bridge and not _has_passed_on(story, event):
                found.append(event)
                if event.type is CelType.BRIDGE_ENTER and index and own[index - 1].type is CelType.BRIDGE_EXIT:
                    found.append(own[index - 1])
    return found


def _has_passed_on(story: Story, step: ChannelEvent) -> bool:
    """Whether this is the last step of somebody who has hung up, and has left the caller to whoever is asked. Asterisk
    tells of it just before or just after."""
    return step.type is CelType.BRIDGE_EXIT and any(
        event.channel == step.channel and abs(event.at - step.at) <= _SIMULTANEOUS
        for event in story.of_type(CelType.ATTENDEDTRANSFER)
    )


def _entered_elsewhere(story: Story) -> set[str]:
    """Channels that never enter a bridge by what this call's events say: whoever picks a call up enters while still
    under the Linkedid of the call that they made to do so."""
    entries = story.of_type(CelType.BRIDGE_ENTER)
    entered = {event.channel for event in entries}
    seen = {event.channel for event in story.events}
    for event in entries:
        seen.update(_peers(event))
    return (seen | _pickers(story)) - entered


def _peers(event: ChannelEvent) -> list[str]:
    return [name for name in event.peer.split(",") if name]


def _exits(story: Story, bridge: str) -> set[str]:
    left = story.of_type(CelType.BRIDGE_EXIT)
    return {event.channel for event in left if event.extra.get("bridge_id") == bridge}


def _pickers(story: Story) -> set[str]:
    found = (event.extra.get("pickup_channel") for event in story.of_type(CelType.PICKUP))
    return {str(channel) for channel in found if channel}


def union_seconds(spans: Iterable[tuple[datetime, datetime | None]], until: datetime) -> float:
    """Seconds covered by at least one span; an open one lasts `until`."""
    total, reached = 0.0, None
    for start, end in sorted((s, e or until) for s, e in spans):
        begin = start if reached is None else max(start, reached)
        if end > begin:
            total += (end - begin).total_seconds()
        reached = end if reached is None else max(reached, end)
    return round(total, 3)
