"""What waits for somebody to do it, as features count it: in `hotline/services/<feature>/waiting.py`, where `WAITING`
says how many there are for whoever asks. The menu shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from hotline.discovery import gathered, together
from hotline.domain.people import Actor
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class Waiting:
    """A feature's counts, by name: each one question by an index, 0 for whom nothing can wait."""

    counts: Mapping[str, Callable[[Transaction, Actor], int]]


def counted() -> Mapping[str, Callable[[Transaction, Actor], int]]:
    """All that features count, by name."""
    return together(told.counts for told in gathered("hotline.services", "waiting", "WAITING", Waiting))


def waiting_of(storage: Storage, actor: Actor, names: Iterable[str]) -> dict[str, int]:
    """By name, those of these of which something waits. Raises StorageError."""
    known = counted()
    with storage.reading() as tx:
        found = {name: known[name](tx, actor) for name in names}
    return {name: count for name, count in found.items() if count}
