"""From the channel events of one Linkedid to the one record of the call: pure, and the same whatever the order or
number of times the events came in."""

from __future__ import annotations

from collections.abc import Iterable

from hotline.domain.calls.call import Call
from hotline.domain.calls.events import ChannelEvent, Fact
from hotline.domain.calls.fold.ending import ending_of
from hotline.domain.calls.fold.people import Directory
from hotline.domain.calls.fold.record import compose
from hotline.domain.calls.fold.story import tell

__all__ = ["Directory", "fold"]


def fold(
    node: str, linkedid: str, events: Iterable[ChannelEvent], facts: Iterable[Fact], directory: Directory
) -> Call | None:
    """The call as far as its events tell; None while its first channel has not been seen to start."""
    story = tell(linkedid, events, facts)
    if story is None:
        return None
    return compose(node, linkedid, story, ending_of(story), directory)
