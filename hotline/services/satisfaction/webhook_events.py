"""What web hooks are told of ratings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from pydantic import Field

from hotline.domain.satisfaction.rating import Rating
from hotline.services.outbox_topics import RATING
from hotline.services.webhook_event import Happening, Show, Snapshot, Told, WebhookEvents
from hotline.storage.satisfaction.store import RatingStore
from hotline.storage.transaction import Transaction

#: What the outbox says -> what is told.
_TOLD = {"offered": "rating.offered", "answered": "rating.answered"}


class RatingTold(Told):
    linkedid: str = Field(description="of the call")
    line: str
    extension: str = Field(description="whose talk it was")
    number: str
    way: str = Field(description="key or sms")
    offered_at: datetime
    answered_at: datetime | None
    answer: int | None = Field(description="1 to 5; null: none")
    commented: bool = Field(description="there are words to it, which the API gives")


def _happened(payload: Mapping[str, object]) -> Iterator[Happening]:
    rating_id, kind = payload.get("id"), _TOLD.get(str(payload.get("what")))
    if isinstance(rating_id, int) and kind:
        yield Happening(kind, rating_id, f"{kind}:{rating_id}")


def _read(tx: Transaction, ids: Collection[int], show: Show) -> dict[int, Snapshot]:
    return {id: Snapshot(each.offered_at, _told(each, show)) for id, each in RatingStore(tx).by_ids(ids).items()}


def _told(rating: Rating, show: Show) -> RatingTold:
    return RatingTold(
        id=rating.id or 0,
        linkedid=rating.linkedid,
        line=rating.line,
        extension=rating.extension,
        number=show(rating.number),
        way=rating.way.value,
        offered_at=rating.offered_at,
        answered_at=rating.answered_at,
        answer=rating.answer,
        commented=bool(rating.comment),
    )


EVENTS = WebhookEvents("rating", RATING, tuple(_TOLD.values()), RatingTold, _happened, _read)
