"""Calls as they come over AMI, kept in memory while they last."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from hotline.domain.events import CelType, ChannelEvent, Fact


@dataclass(slots=True)
class LiveCall:
    """All events and facts of a call from its very first on."""

    events: list[ChannelEvent]
    facts: list[Fact] = field(default_factory=list)


@dataclass(slots=True)
class Touched:
    """What one batch has told: the calls it told of in order of appearance, the end of which of them (and
    when), new facts, and the time of the latest event."""

    linkedids: dict[str, None] = field(default_factory=dict)
    ended: dict[str, datetime] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    newest: datetime | None = None


class LiveCalls:
    """The calls that were seen whole: from the start of the channel that gave the call its Linkedid, with no
    gap since. Only of these does the stream know everything; all others are read from the black box."""

    def __init__(self) -> None:
        self._calls: dict[str, LiveCall] = {}

    def __len__(self) -> int:
        return len(self._calls)

    def __contains__(self, linkedid: str) -> bool:
        return linkedid in self._calls

    def get(self, linkedid: str) -> LiveCall | None:
        return self._calls.get(linkedid)

    def forget(self, linkedid: str) -> None:
        self._calls.pop(linkedid, None)

    def forget_all(self) -> None:
        """The stream has a gap."""
        self._calls.clear()

    def take(self, items: list[ChannelEvent | Fact]) -> Touched:
        """Add a batch, in order of arrival."""
        touched = Touched()
        for item in items:
            touched.linkedids[item.linkedid] = None
            if isinstance(item, Fact):
                self._add_fact(item)
                touched.facts.append(item)
            else:
                self._add_event(item)
                if item.type is CelType.LINKEDID_END:
                    touched.ended[item.linkedid] = item.at
                touched.newest = item.at if touched.newest is None else max(touched.newest, item.at)
        return touched

    def _add_fact(self, fact: Fact) -> None:
        call = self._calls.get(fact.linkedid)
        if call is not None:
            call.facts.append(fact)

    def _add_event(self, event: ChannelEvent) -> None:
        call = self._calls.get(event.linkedid)
        if call is not None:
            call.events.append(event)
        elif event.type is CelType.CHAN_START and event.uniqueid == event.linkedid:
            self._calls[event.linkedid] = LiveCall([event])
