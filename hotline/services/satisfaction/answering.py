"""An answer is written down, once, with what it leads to."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.satisfaction.rating import Follow, Rating, is_low
from hotline.services.satisfaction.notes import tell
from hotline.settings import Settings
from hotline.storage.satisfaction.search_entry import keep_entry
from hotline.storage.satisfaction.store import RatingStore
from hotline.storage.transaction import Transaction


def follow_of(settings: Settings, line: str, answer: int | None) -> Follow:
    """What this answer leads to on this line."""
    opens = settings.satisfaction_of(line).low_opens
    return Follow(opens) if is_low(answer) and opens != "nothing" else Follow.NOTHING


def write_answer(
    tx: Transaction, settings: Settings, asked: Rating, answer: int, at: datetime, now: datetime, comment: str = ""
) -> bool:
    """False when it was answered before."""
    follow = follow_of(settings, asked.line, answer)
    if asked.id is None or not RatingStore(tx).answer(asked.id, answer, at, comment, follow):
        return False
    written = RatingStore(tx).by_id(asked.id)
    if written is not None:
        keep_entry(tx, written)
    tell(tx, asked.id, "answered", now)
    return True
