"""Consultations: an operator asks somebody while the caller hears music, then connects the two or returns to the
caller.

Asterisk moves the operator's channel into a bridge of its own, together with one half (;1) of a Local channel whose
other half (;2) dials whoever is asked (docs/decisions/0008). Local channels are no parties of a call.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.calls.call import Consultation, Party, PartyKind
from hotline.domain.calls.events import CelType, ChannelEvent
from hotline.domain.calls.fold.people import Directory, endpoint, is_local, party
from hotline.domain.calls.fold.story import Leg, Story


@dataclass(frozen=True, slots=True)
class Consult:
    """The operator's `channel` in `bridge`, away from the caller; no end while it lasts. `local`: the pair of channels
    between the operator and whoever is asked, without its ;1 or ;2."""

    channel: str
    bridge: str
    local: str
    started_at: datetime
    ended_at: datetime | None


def consults_of(story: Story) -> list[Consult]:
    """In order of their start."""
    if not story.has_local:
        return []
    consults: list[Consult] = []
    inside: dict[str, set[str]] = {}
    for event in story.events:
        present = inside.setdefault(_bridge(event), set())
        if event.type is CelType.BRIDGE_ENTER:
            if _asks(present) and not is_local(event.channel) and story.caller not in present:
                local = next(channel for channel in present if _is_near_half(channel))[:-2]
                consults.append(Consult(event.channel, _bridge(event), local, event.at, _end(story, event)))
            present.add(event.channel)
        elif event.type is CelType.BRIDGE_EXIT:
            present.discard(event.channel)
    return [consult for consult in consults if consult.channel != story.caller]


def asked_channel(story: Story, asker: str, at: datetime) -> str:
    """The channel of whomever this channel asked last before then; "" when nobody was rung."""
    asked = [consult for consult in consults_of(story) if consult.channel == asker and consult.started_at <= at]
    leg = _asked_leg(story, asked[-1]) if asked else None
    return leg.channel if leg else ""


def consultations_of(story: Story, over_at: datetime | None, directory: Directory) -> tuple[Consultation, ...]:
    """Who asked whom, in order of their start."""
    return tuple(_consultation(story, consult, over_at, directory) for consult in consults_of(story))


def _consultation(story: Story, consult: Consult, over_at: datetime | None, directory: Directory) -> Consultation:
    leg = _asked_leg(story, consult)
    answered_at = leg.answered_at if leg else None
    ended_at = _with_the_caller(story, consult, leg) if leg and answered_at else consult.ended_at
    ended_at = min((at for at in (ended_at, over_at) if at), default=None)
    if answered_at and ended_at and answered_at > ended_at:
        answered_at = None
    by = party(consult.channel, story.caller, "", directory)
    asked = party(leg.channel, story.caller, leg.number, directory) if leg else Party(PartyKind.UNKNOWN)
    return Consultation(by, asked, consult.started_at, answered_at, ended_at)


def _with_the_caller(story: Story, consult: Consult, leg: Leg) -> datetime | None:
    """The consultation's end: whoever was asked and is passed the caller has them a moment after the operator went,
    when one of the two is moved to the other's bridge."""
    passed_on = next(
        (
            event.at
            for event in story.of_type(CelType.ATTENDEDTRANSFER)
            if event.channel == consult.channel and event.at >= consult.started_at
        ),
        None,
    )
    if passed_on is None:
        return consult.ended_at
    entered = next(
        (
            event.at
            for event in story.of_type(CelType.BRIDGE_ENTER)
            if event.channel in (leg.channel, story.caller) and event.at >= passed_on
        ),
        None,
    )
    return entered or leg.hung_up_at


def _asked_leg(story: Story, consult: Consult) -> Leg | None:
    """The leg that the far half of the pair dialled; None before it began, or when it could not be dialled."""
    dialled = next(
        (
            event
            for event in story.of_type(CelType.APP_START)
            if event.app == "Dial" and event.channel == f"{consult.local};2"
        ),
        None,
    )
    if dialled is None:
        return None
    to = dialled.app_data.partition(",")[0].partition("/")[2]
    name = to.partition("@")[2] or to
    return next(
        (
            leg
            for leg in story.legs.values()
            if leg.outgoing and leg.started_at >= dialled.at and endpoint(leg.channel) == name
        ),
        None,
    )


def _asks(present: set[str]) -> bool:
    return any(map(_is_near_half, present))


def _is_near_half(channel: str) -> bool:
    return is_local(channel) and channel.endswith(";1")


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
