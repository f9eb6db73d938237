"""What operators did with the rings of their phones (figure 33). Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hotline.domain.calls.call import Call, PartyKind

#: A ring that ended so was not for the operator to take any more.
_NOT_THEIRS = frozenset({"cancelled", ""})


def rings_of(calls: Iterable[Call]) -> Counter[tuple[str, str]]:
    """By extension: rung (all), rung_taken, rung_missed. Callers who left and rings that somebody else answered are
    in the first alone."""
    found: Counter[tuple[str, str]] = Counter()
    for call in calls:
        for ring in call.rings:
            if ring.party.kind is not PartyKind.OPERATOR:
                continue
            found[ring.party.id, "rung"] += 1
            if ring.result == "answered":
                found[ring.party.id, "rung_taken"] += 1
            elif ring.result not in _NOT_THEIRS:
                found[ring.party.id, "rung_missed"] += 1
    return found
