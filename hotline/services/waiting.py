"""What waits for somebody to do it, as features count it: in `hotline/services/<feature>/waiting.py`, where `WAITING`
says how many there are for whoever asks. The menu shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from hotline.discovery import gathered, together
from hotline.domain.people import Actor
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class Waiting:
    """A feature's counts, by name: each one question by an index, 0 for whom nothing can wait. `counts_at`: of what
    waits only until some moment."""

    counts: Mapping[str, Callable[[Transaction, Actor], int]] = field(default_factory=dict)
    counts_at: Mapping[str, Callable[[Transaction, Actor, datetime], int]] = field(default_factory=dict)

    def of(self, tx: Transaction, actor: Actor, name: str, now: datetime) -> int:
        at = self.counts_at.get(name)
        return at(tx, actor, now) if at is not None else self.counts[name](tx, actor)


def counted() -> Mapping[str, Waiting]:
    """Who counts what, of all features."""
    told = gathered("hotline.services", "waiting", "WAITING", Waiting)
    return together(dict.fromkeys((*each.counts, *each.counts_at), each) for each in told)


def waiting_of(storage: Storage, actor: Actor, names: Iterable[str], now: datetime) -> dict[str, int]:
    """By name, those of these of which something waits. Raises StorageError."""
    known = counted()
    with storage.reading() as tx:
        found = {name: known[name].of(tx, actor, name, now) for name in names}
    return {name: count for name, count in found.items() if count}
