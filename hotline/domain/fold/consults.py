"""Consultations: an operator asks somebody while the caller hears music, then joins the two or comes back.

Asterisk moves the operator's channel into a bridge of its own, together with one half (;1) of a Local channel whose
other half (;2) dials whoever is asked (docs/decisions/0008). Local channels are no parties of a call.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.events import CelType, ChannelEvent
from hotline.domain.fold.story import Story


@dataclass(frozen=True, slots=True)
class Consult:
    """The operator's `channel` in `bridge`, away from the caller; no end while it lasts."""

    channel: str
    bridge: str
    started_at: datetime
    ended_at: datetime | None


def is_local(channel: str) -> bool:
    return channel.startswith("Local/")


def consults_of(story: Story) -> list[Consult]:
    """In order of their start."""
    if not any(is_local(channel) for channel in story.legs):
        return []
    found: list[Consult] = []
    inside: dict[str, set[str]] = {}
    for event in story.events:
        present = inside.setdefault(_bridge(event), set())
        if event.type is CelType.BRIDGE_ENTER:
            if _asks(present) and not is_local(event.channel) and story.start.channel not in present:
                found.append(Consult(event.channel, _bridge(event), event.at, _end(story, event)))
            present.add(event.channel)
        elif event.type is CelType.BRIDGE_EXIT:
            present.discard(event.channel)
    return [consult for consult in found if consult.channel != story.start.channel]


def asked_channel(story: Story, joined_at: datetime) -> str:
    """The channel of whoever was asked, when the two are joined; "" when it is not known."""
    begun = [event.at for event in story.events if event.type is CelType.CHAN_START and is_local(event.channel)
             and event.at <= joined_at]
    answered = [leg.channel for leg in story.legs.values() if begun and leg.outgoing and leg.answered_at
                and begun[-1] <= leg.started_at <= joined_at]
    return answered[-1] if answered else ""


def _asks(present: set[str]) -> bool:
    return any(is_local(channel) and channel.endswith(";1") for channel in present)


def _end(story: Story, begun: ChannelEvent) -> datetime | None:
    bridge = _bridge(begun)
    for event in story.events:
        gone = event.type in (CelType.HANGUP, CelType.CHAN_END)
        left = event.type is CelType.BRIDGE_EXIT and _bridge(event) == bridge
        if event.channel == begun.channel and event.at >= begun.at and (gone or left):
            return event.at
    return None


def _bridge(event: ChannelEvent) -> str:
    return str(event.extra.get("bridge_id", ""))
