"""Signatures: added, and read by the days that they are of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import insert, select

from hotline.domain.compliance.signature import Signature
from hotline.storage.compliance.tables import report_signature
from hotline.storage.inserted import new_id
from hotline.storage.transaction import TableStore

_S = report_signature.c


class SignatureStore(TableStore):
    def add(self, new: Signature) -> Signature:
        values = {
            "first_day": new.first.isoformat(),
            "last_day": new.last.isoformat(),
            "figures": dict(new.figures),
            "digest": new.digest,
            "signed_by": new.signed_by,
            "signed_at": new.signed_at,
        }
        return replace(new, id=new_id(self._connection.execute(insert(report_signature).values(values))))

    def of(self, first: date, last: date) -> list[Signature]:
        """Of exactly these days, the newest first."""
        rows = self._connection.execute(
            select(report_signature)
            .where(_S.first_day == first.isoformat(), _S.last_day == last.isoformat())
            .order_by(_S.id.desc())
        )
        return [
            Signature(
                date.fromisoformat(row.first_day),
                date.fromisoformat(row.last_day),
                row.figures,
                row.digest,
                row.signed_by,
                row.signed_at,
                row.id,
            )
            for row in rows
        ]
