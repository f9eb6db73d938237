"""What features push to one operator's own pages: `PUSHED` in hotline/services/<feature>/pushed.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from pydantic import BaseModel

from hotline.discovery import gathered, together
from hotline.domain.people import Actor
from hotline.settings import Settings
from hotline.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Pushed:
    """`topic`: of the outbox, and the event's name. Its payload has `extension`, whose operator is told, and `id`: of
    several entries about one the last is told. `show`: what this person is told of it as it is now; None: nothing."""

    topic: str
    show: Callable[[Transaction, Settings, int, Actor, datetime], BaseModel | None]


@cache
def pushed_topics() -> Mapping[str, Pushed]:
    """Of all features, by topic. Raises ValueError when two tell of one."""
    told = gathered("hotline.services", "pushed", "PUSHED", Pushed)
    return together({each.topic: each} for each in told)
