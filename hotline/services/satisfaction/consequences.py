"""What ratings have of the calls that the ledger writes: who was asked at the end, what they pressed, and who is asked
by text message because they hung up first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from hotline.domain.calls.call import Asked, Call, PartyKind
from hotline.domain.calls.having import last_talk
from hotline.domain.satisfaction.rating import Rating, RatingWay
from hotline.services.calls.consequence import Consequence, Consequences
from hotline.services.satisfaction.answering import follow_of, write_answer
from hotline.services.satisfaction.by_sms import ask_by_sms
from hotline.services.satisfaction.notes import tell
from hotline.settings import Settings
from hotline.storage.satisfaction.store import RatingStore
from hotline.storage.transaction import Transaction


def follow(tx: Transaction, settings: Settings, calls: Sequence[Call], now: datetime) -> None:
    asked = {(call.node, call.linkedid): call for call in calls if call.asked is not None}
    if asked:
        known = RatingStore(tx).of_calls(asked)
        for key, call in asked.items():
            _keep(tx, settings, call, known.get(key), now)
    for call in calls:
        if call.ended_at is not None and call.asked is None:
            ask_by_sms(tx, settings, call, now)


def _keep(tx: Transaction, settings: Settings, call: Call, known: Rating | None, now: datetime) -> None:
    asked = call.asked
    assert asked is not None
    if known is None:
        added = RatingStore(tx).add(_rating(settings, call, asked))
        tell(tx, added.id, "offered", now)
        if asked.answer is not None:
            tell(tx, added.id, "answered", now)
    elif known.way is RatingWay.KEY and known.answer is None and asked.answer is not None:
        write_answer(tx, settings, known, asked.answer, asked.answered_at or asked.at, now)


def _rating(settings: Settings, call: Call, asked: Asked) -> Rating:
    """As a call that was not followed while it lasted tells it."""
    talk = last_talk(call.talks)
    whose = talk.party.id if talk is not None and talk.party.kind is PartyKind.OPERATOR else ""
    return Rating(
        call.node,
        call.linkedid,
        call.line,
        whose,
        call.caller.number,
        asked.at,
        RatingWay.KEY,
        asked.by.value,
        asked.answer,
        asked.answered_at,
        follow=follow_of(settings, call.line, asked.answer),
    )


def _all(settings: Settings) -> Iterator[Consequence]:
    def ratings(tx: Transaction, calls: Sequence[Call], now: datetime) -> None:
        follow(tx, settings, calls, now)

    yield ratings


CONSEQUENCES = Consequences(_all)
