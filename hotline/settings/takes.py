"""What a decided setting takes until it is in force: mostly nothing."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Takes(StrEnum):
    """What has to be done by hand after a decision."""

    NOTHING = "nothing"  # in force in every process within ten seconds
    PAGE = "page"  # open pages of the floor go by it when they are loaded anew
    RELOAD = "reload"  # a site's own Asterisk gets the files and reads them anew; ours is told within ten seconds


#: By a key, or all that lies below it; the longest that fits counts.
TAKES: Mapping[str, Takes] = {
    "site.company": Takes.NOTHING,
    "site.language": Takes.RELOAD,
    "trunk": Takes.RELOAD,
    "trunk.test_call": Takes.NOTHING,
    "trunk.max_channels": Takes.NOTHING,
    "callback_trunk": Takes.RELOAD,
    "callback_trunk.phone_ring_seconds": Takes.NOTHING,
    "callback_trunk.answered_days": Takes.NOTHING,
    "phones.transport": Takes.RELOAD,
    "phones.media_encryption": Takes.RELOAD,
    "lost": Takes.RELOAD,
    "lines": Takes.RELOAD,
    "queues": Takes.RELOAD,
    "operators": Takes.RELOAD,
    "voicemail": Takes.RELOAD,
    "recording.enabled": Takes.RELOAD,
    "duty.ring_seconds": Takes.RELOAD,
    "duty.confirm_key": Takes.RELOAD,
    "duty.confirm_seconds": Takes.RELOAD,
    "returning_caller.ring_seconds": Takes.RELOAD,
    "console.wrap_up_seconds": Takes.RELOAD,
    "satisfaction.after_call": Takes.RELOAD,
    "satisfaction.key_seconds": Takes.RELOAD,
    "floor": Takes.PAGE,
    "rules.answered": Takes.PAGE,
    "asterisk.ring_cycle_seconds": Takes.PAGE,
}


def takes(key: str, private: bool) -> Takes:
    """What this key takes; whatever is not listed takes nothing. `private`: Asterisk is ours, and follows by itself
    where it can read its files anew."""
    names = key.split(".")
    places = (".".join(names[:length]) for length in range(len(names), 0, -1))
    found = next((TAKES[place] for place in places if place in TAKES), Takes.NOTHING)
    return Takes.NOTHING if found is Takes.RELOAD and private else found
