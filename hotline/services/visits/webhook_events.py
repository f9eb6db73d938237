"""What web hooks are told of visits."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from pydantic import Field

from hotline.domain.visits.visit import VISIT, Visit
from hotline.services import outbox_topics as topics
from hotline.services.webhook_event import Happening, Show, Snapshot, Told, WebhookEvents
from hotline.storage.transaction import Transaction
from hotline.storage.visits.store import VisitStore

PLANNED, CLOSED = "visit.planned", "visit.closed"

#: What the outbox says -> what is told.
_TOLD = {"plan": PLANNED, "record": CLOSED, "end": CLOSED, "drop": CLOSED}


class VisitTold(Told):
    origin: str = Field(description="case, project, campaign, new_customer, rating, by_hand")
    subject_id: int | None
    number: str
    way: str
    state: str
    visitor: str = Field(description="empty: nobody has it yet")
    due_at: datetime
    tries: int
    closed_at: datetime | None
    ending: str = Field(description="empty while it is open")
    result: str = Field(description="satisfied, so_so, not_satisfied; empty: not asked")


def _happened(payload: Mapping[str, object]) -> Iterator[Happening]:
    visit_id, kind = payload.get("id"), _TOLD.get(str(payload.get("what")))
    if isinstance(visit_id, int) and kind:
        yield Happening(kind, visit_id, f"{kind}:{visit_id}:{payload.get('at', '')}")


def _read(tx: Transaction, ids: Collection[int], show: Show) -> dict[int, Snapshot]:
    return {id: Snapshot(each.planned_at, _told(each, show)) for id, each in VisitStore(tx).by_ids(ids).items()}


def _told(visit: Visit, show: Show) -> VisitTold:
    return VisitTold(
        id=visit.id or 0,
        origin=visit.origin.value,
        subject_id=visit.subject_id,
        number=show(visit.number),
        way=visit.way.value,
        state=visit.state.value,
        visitor=visit.visitor,
        due_at=visit.due_at,
        tries=visit.tries,
        closed_at=visit.closed_at,
        ending=visit.ending.value if visit.ending else "",
        result=visit.result.value if visit.result else "",
    )


EVENTS = WebhookEvents(VISIT, topics.VISIT, (PLANNED, CLOSED), VisitTold, _happened, _read)
