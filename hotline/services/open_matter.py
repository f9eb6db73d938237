"""What somebody has open, as features tell of it: in `hotline/services/<feature>/open_matters.py`, where `MATTERS`
finds what is one person's and hands it over when they leave."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from hotline.discovery import gathered
from hotline.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Holder:
    """One of ours, by all the names under which something may be theirs. `name` as others see it; `username` "" for
    whom no account is known. `leaves_at`: they leave then, so that what is theirs only later counts too."""

    username: str
    extension: str
    name: str
    leaves_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """`kind` and `id` say what it is (labels.matter has the words), `title` which one: a moment, a number, words of
    ours. `due_at` None: at no time of its own."""

    kind: str
    id: int
    title: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenMatters:
    """A feature's. `find` gives what is open of somebody; `hand_over` gives one of these to another and says so in its
    own history; who does it is named last."""

    find: Callable[[Transaction, Holder], Iterable[OpenMatter]]
    hand_over: Callable[[Transaction, OpenMatter, Holder, datetime, str], None]


def open_matters(tx: Transaction, holder: Holder) -> list[OpenMatter]:
    """Of all features, what is due first first."""
    found = [matter for told in _told() for matter in told.find(tx, holder)]
    return sorted(found, key=lambda matter: (matter.due_at is None, matter.due_at, matter.kind, matter.id))


def hand_all_over(tx: Transaction, holder: Holder, to: Holder, now: datetime, by: str) -> int:
    """How many there were."""
    return len(hand_some_over(tx, holder, to, now, by, lambda matter: True))


def hand_some_over(
    tx: Transaction, holder: Holder, to: Holder, now: datetime, by: str, wanted: Callable[[OpenMatter], bool]
) -> list[OpenMatter]:
    """What is theirs now and wanted: what went over."""
    found = [(told, matter) for told in _told() for matter in told.find(tx, holder) if wanted(matter)]
    for told, matter in found:
        told.hand_over(tx, matter, to, now, by)
    return [matter for _, matter in found]


def _told() -> tuple[OpenMatters, ...]:
    return tuple(gathered("hotline.services", "open_matters", "MATTERS", OpenMatters))
