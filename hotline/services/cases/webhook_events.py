"""What web hooks are told of cases."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from pydantic import Field

from hotline.domain.cases.case import ServiceCase
from hotline.services.outbox_topics import CASE
from hotline.services.webhook_event import Happening, Show, Snapshot, Told, WebhookEvents
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Transaction

OPENED, CHANGED = "case.opened", "case.changed"


class CaseTold(Told):
    number: str = Field(description="what the customer is told: 20261122-001")
    kind: str
    stage: str
    state: str
    caller: str = Field(description="the caller's number")
    owner: str
    department_id: int | None
    severity: str
    channel: str
    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None


def _happened(payload: Mapping[str, object]) -> Iterator[Happening]:
    case_id = payload.get("id")
    if isinstance(case_id, int):
        kind = OPENED if payload.get("what") == "open" else CHANGED
        yield Happening(kind, case_id, f"{kind}:{case_id}:{payload.get('what')}:{payload.get('at', '')}")


def _read(tx: Transaction, ids: Collection[int], show: Show) -> dict[int, Snapshot]:
    return {id: Snapshot(each.opened_at, _told(each, show)) for id, each in CaseStore(tx).by_ids(ids).items()}


def _told(case: ServiceCase, show: Show) -> CaseTold:
    return CaseTold(
        id=case.id or 0,
        number=case.number,
        kind=str(case.kind),
        stage=case.stage,
        state=case.state.value,
        caller=show(case.caller_number),
        owner=case.owner,
        department_id=case.department_id,
        severity=case.severity,
        channel=case.channel.value,
        opened_at=case.opened_at,
        due_at=case.due_at,
        closed_at=case.closed_at,
    )


EVENTS = WebhookEvents("case", CASE, (OPENED, CHANGED), CaseTold, _happened, _read)
