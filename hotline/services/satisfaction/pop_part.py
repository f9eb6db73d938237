"""What the pop says of the caller's last answer, where it was a low one."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.people import Actor
from hotline.domain.satisfaction.rating import Rating
from hotline.services.pop_part import PopPart, Section, WhoCalls
from hotline.settings import Settings
from hotline.storage.satisfaction.store import RatingStore
from hotline.storage.transaction import Transaction


class LowRating(Section):
    """Of 5, and when it was asked."""

    answer: int
    at: datetime


class LastRating(Section):
    low_rating: LowRating | None


def _read(tx: Transaction, settings: Settings, caller: WhoCalls) -> Rating | None:
    return RatingStore(tx).last_low(caller.call.caller.number) if caller.number else None


def _show(found: Rating | None, settings: Settings, actor: Actor, now: datetime) -> LastRating:
    """Whose talk it was is nobody's business here."""
    if found is None or found.answer is None:
        return LastRating(low_rating=None)
    return LastRating(low_rating=LowRating(answer=found.answer, at=found.offered_at))


POP_PART = PopPart(LastRating, _read, _show)
