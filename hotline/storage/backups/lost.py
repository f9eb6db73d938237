"""What came after a moment, and is lost when the database goes back to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, func, select

from hotline.storage.accounts.tables import audit_log
from hotline.storage.calls.tables import call
from hotline.storage.cases.tables import service_case
from hotline.storage.forms.tables import call_form
from hotline.storage.retention.tables import privacy_request, recording_deletion
from hotline.storage.settings.tables import setting_change
from hotline.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Lost:
    """How many of each. `calls` come back by themselves from what Asterisk has noted. `erasures`: requests of persons
    that were answered, and must be carried out anew (G3). `deletions`: recordings that are deleted; their entries come
    back, the files do not."""

    calls: int
    records: int
    cases: int
    settings: int
    erasures: int
    deletions: int
    acts: int


def lost_since(tx: Transaction, moment: datetime) -> Lost:
    def count(column: Column[datetime]) -> int:
        return int(tx.connection.scalar(select(func.count()).where(column > moment)) or 0)

    return Lost(
        calls=count(call.c.started_at),
        records=count(call_form.c.created_at),
        cases=count(service_case.c.opened_at),
        settings=count(setting_change.c.decided_at),
        erasures=count(privacy_request.c.closed_at),
        deletions=count(recording_deletion.c.deleted_at),
        acts=count(audit_log.c.at),
    )
