"""Legs that remain in Asterisk after their call has ended. Pure.

A call is named after its first channel, the caller's: once that has gone there is no call any more, whatever still
talks with whom. Of one that we dialled the customer's is a later one. Asterisk leaves such legs behind where a caller
goes during a consultation, or while somebody has barged in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from hotline.domain.calls.call import Call
from hotline.domain.calls.dialled_id import is_customers, is_dialled

#: A leg has to be found left over by two looks, so far apart at least: Asterisk ends the legs of a call one by one.
TWO_LOOKS_APART = timedelta(seconds=0.3)


@dataclass(frozen=True, slots=True)
class LeftOver:
    """The `channels` of `linkedid`, the first of which has gone; found `since` then."""

    linkedid: str
    channels: tuple[str, ...]
    since: datetime


def may_leave_legs(call: Call) -> bool:
    """Whether Asterisk's own rules may let this call's legs stay with each other when it has ended."""
    talks = sorted(call.talks, key=lambda talk: talk.started_at)
    together = any(one.ended_at is None or other.started_at < one.ended_at for one, other in pairwise(talks))
    return bool(call.consultations or call.transfers or together)


def left_over(
    channels: Iterable[Mapping[str, str]], before: Mapping[str, LeftOver], now: datetime
) -> dict[str, LeftOver]:
    """By Linkedid, from what Asterisk lists (CoreShowChannels); `before`: of the look before this one."""
    named: dict[str, list[str]] = {}
    alive: set[str] = set()
    for channel in channels:
        linkedid, name = channel.get("Linkedid", ""), channel.get("Channel", "")
        named.setdefault(linkedid, []).append(name)
        if is_customers(name) if is_dialled(linkedid) else channel.get("Uniqueid") == linkedid:
            alive.add(linkedid)
    # Whom we dial comes after our own phone, which may be alone until then.
    alive |= {linkedid for linkedid, names in named.items() if is_dialled(linkedid) and len(names) == 1}
    return {
        linkedid: LeftOver(linkedid, tuple(sorted(names)), before[linkedid].since if linkedid in before else now)
        for linkedid, names in named.items()
        if linkedid and linkedid not in alive
    }


def to_be_ended(found: Mapping[str, LeftOver], now: datetime) -> list[LeftOver]:
    """Those that two looks have found."""
    return [each for each in found.values() if now - each.since >= TWO_LOOKS_APART]
