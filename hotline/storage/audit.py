"""Who did what (F8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, insert, select

from hotline.storage.tables import audit_log


class SqlAudit:
    """Fulfils hotline.services.ports.Audit."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, now: datetime, who: str, action: str, object: str, detail: str = "") -> None:
        self._connection.execute(
            insert(audit_log).values(at=now, who=who, action=action, object=object, detail=detail))

    def latest(self, limit: int) -> list[Mapping[str, object]]:
        """Newest first: id, at, who, action, object, detail."""
        rows = self._connection.execute(select(audit_log).order_by(audit_log.c.id.desc()).limit(limit))
        return [dict(row) for row in rows.mappings()]
