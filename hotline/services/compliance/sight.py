"""Whose verdicts somebody sees: everybody's, their own, or those of the people they lead, for as long as they did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.staff.spans import overlap
from hotline.domain.verdicts.tally import Window
from hotline.services.verdicts.contests import own_person_id
from hotline.storage.staff.spans import TenureStore
from hotline.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Spell:
    """From `since` on, before `until` (None: open at that end), this person's verdicts may be seen."""

    person_id: int
    since: datetime | None = None
    until: datetime | None = None


def spells_seen(tx: Transaction, actor: Actor) -> list[Spell] | None:
    """None: everybody's, and what is nobody's."""
    if may(Act.SEE_VERDICTS, actor.roles):
        return None
    found: list[Spell] = []
    own = own_person_id(tx, actor)
    if own is not None and may(Act.SEE_VERDICTS, actor.roles, {Tie.OWNS}):
        found.append(Spell(own))
    if may(Act.SEE_VERDICTS, actor.roles, {Tie.LED}):
        found += _led(tx, actor)
    return found


def _led(tx: Transaction, actor: Actor) -> Iterator[Spell]:
    tenures = TenureStore(tx).search()
    for span in actor.led.spans:
        for tenure in tenures:
            if tenure.extension == span.extension and overlap(span, tenure):
                since = max((at for at in (span.since, tenure.since) if at is not None), default=None)
                until = min((at for at in (span.until, tenure.until) if at is not None), default=None)
                yield Spell(tenure.person_id, since, until)


def windows(spells: Sequence[Spell] | None, whole: Window) -> list[Window]:
    """The parts of `whole` that may be seen, none of them twice."""
    if spells is None:
        return [whole]
    asked = [each for each in spells if whole.person_id in (None, each.person_id)]
    return [Window(start, end, whole.line, person_id) for person_id, start, end in _joined(asked, whole)]


def _joined(spells: Iterable[Spell], whole: Window) -> list[tuple[int, datetime, datetime]]:
    found: list[tuple[int, datetime, datetime]] = []
    parts = [
        (each.person_id, max(each.since or whole.start, whole.start), min(each.until or whole.end, whole.end))
        for each in spells
    ]
    for person_id, start, end in sorted(parts):
        if start >= end:
            continue
        if found and found[-1][0] == person_id and start <= found[-1][2]:
            found[-1] = (person_id, found[-1][1], max(found[-1][2], end))
        else:
            found.append((person_id, start, end))
    return found
