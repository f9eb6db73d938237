"""Calls in progress as AMI reports them, in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from hotline.asterisk.translate import CelNotice
from hotline.domain.calls.events import ChannelEvent, Fact


@dataclass(slots=True)
class TrackedCall:
    """A call from its very first event on. `unread` events come after `read` ones."""

    read: list[ChannelEvent] = field(default_factory=list)
    unread: list[CelNotice] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    def events(self, opened: Callable[[CelNotice], ChannelEvent | None]) -> list[ChannelEvent]:
        """All events, those read that were not yet; what cannot be read is left out."""
        self.read += [event for notice in self.unread if (event := opened(notice)) is not None]
        self.unread.clear()
        return self.read


@dataclass(slots=True)
class Touched:
    """What one batch has told: the calls it told of in order of appearance, which of them ended and when, and
    new facts."""

    linkedids: dict[str, None] = field(default_factory=dict)
    ended: dict[str, datetime] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)


class TrackedCalls:
    """The calls that were seen whole: from the start of the channel that gave the call its Linkedid, with no
    gap since. Only of these does the stream know everything; all others are read from the CEL database."""

    def __init__(self) -> None:
        self._calls: dict[str, TrackedCall] = {}

    def __len__(self) -> int:
        return len(self._calls)

    def __contains__(self, linkedid: object) -> bool:
        return linkedid in self._calls

    def get(self, linkedid: str) -> TrackedCall | None:
        return self._calls.get(linkedid)

    def forget(self, linkedid: str) -> None:
        self._calls.pop(linkedid, None)

    def forget_all(self) -> None:
        """The stream has a gap."""
        self._calls.clear()

    def take(self, items: Iterable[CelNotice | Fact]) -> Touched:
        """Add a batch, in order of arrival."""
        touched = Touched()
        for item in items:
            touched.linkedids[item.linkedid] = None
            if isinstance(item, CelNotice):
                self._add_notice(item)
                if item.ended_at is not None:
                    touched.ended[item.linkedid] = item.ended_at
            else:
                self._add_fact(item)
                touched.facts.append(item)
        return touched

    def _add_fact(self, fact: Fact) -> None:
        call = self._calls.get(fact.linkedid)
        if call is not None:
            call.facts.append(fact)

    def _add_notice(self, notice: CelNotice) -> None:
        call = self._calls.get(notice.linkedid)
        if call is not None:
            call.unread.append(notice)
        elif notice.begins:
            self._calls[notice.linkedid] = TrackedCall(unread=[notice])
