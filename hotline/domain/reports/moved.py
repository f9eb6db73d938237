"""Callers that operators passed on and were passed (figure 22). Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hotline.domain.calls.call import Call, PartyKind

#: What each is called, by the kind of the transfer: whoever passed the caller on, and whoever got them.
_OUT = {"blind": "blind_out", "attended": "attended_out"}
_IN = {"blind": "blind_in", "attended": "attended_in"}
MOVED = (*_OUT.values(), *_IN.values())


def moved_of(calls: Iterable[Call]) -> Counter[tuple[str, str]]:
    """By extension and MOVED. A ringing call that somebody picks up at another phone is no transfer."""
    found: Counter[tuple[str, str]] = Counter()
    for call in calls:
        for each in call.transfers:
            for party, names in ((each.from_party, _OUT), (each.to_party, _IN)):
                if party.kind is PartyKind.OPERATOR and each.kind in names:
                    found[party.id, names[each.kind]] += 1
    return found
