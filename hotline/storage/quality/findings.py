"""Findings: what the rules found in calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select

from hotline.domain.quality import Finding
from hotline.domain.quality.results import CallScore, StoredFinding
from hotline.storage.quality.tables import call_finding, call_score
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import rewriting

#: Asked of every recording that is taken in: made once, since making it costs as much as asking.
_DELETE = delete(call_finding).where(
    call_finding.c.node == bindparam("of_node"), call_finding.c.linkedid == bindparam("of_linkedid")
)


def _finding(row: Row[Any]) -> StoredFinding:
    found = Finding(
        row.rule,
        row.kind,
        row.breach,
        row.counts,
        row.value,
        row.limit_value,
        row.from_second,
        row.to_second,
        row.confidence,
        row.words,
        row.note,
    )
    return StoredFinding(row.node, row.linkedid, row.extension, row.called_at, found)


def _columns_of(stored: StoredFinding) -> dict[str, Any]:
    found = stored.finding
    return {
        "node": stored.node,
        "linkedid": stored.linkedid,
        "extension": stored.extension,
        "called_at": stored.called_at,
        "rule": found.rule,
        "kind": found.kind,
        "breach": found.breach,
        "counts": found.counts,
        "value": found.value,
        "limit_value": found.limit,
        "from_second": found.start,
        "to_second": found.end,
        "confidence": found.confidence,
        "words": found.words,
        "note": found.note,
    }


class FindingStore(TableStore):
    def replace(self, score: CallScore, findings: Sequence[StoredFinding]) -> None:
        """What was found of the call before is gone."""
        self._connection.execute(_DELETE, {"of_node": score.node, "of_linkedid": score.linkedid})
        if findings:
            self._connection.execute(insert(call_finding), [_columns_of(found) for found in findings])
        values = {
            "node": score.node,
            "linkedid": score.linkedid,
            "extension": score.extension,
            "called_at": score.called_at,
            "evaluated_at": score.evaluated_at,
            "measures": dict(score.measures),
            "score": score.score,
            "score_form_id": score.score_form_id,
            "queue": score.queue,
        }
        self._connection.execute(rewriting(self._connection, call_score, "node", "linkedid"), values)

    def of(self, node: str, linkedid: str) -> list[StoredFinding]:
        """In order of their second."""
        rows = self._connection.execute(
            select(call_finding)
            .where(call_finding.c.node == node, call_finding.c.linkedid == linkedid)
            .order_by(call_finding.c.from_second, call_finding.c.id)
        )
        return [_finding(row) for row in rows]

    def score(self, node: str, linkedid: str) -> CallScore | None:
        row = self._connection.execute(
            select(call_score).where(call_score.c.node == node, call_score.c.linkedid == linkedid)
        ).first()
        if row is None:
            return None
        return CallScore(
            row.node,
            row.linkedid,
            row.extension,
            row.called_at,
            row.evaluated_at,
            row.measures,
            row.score,
            row.score_form_id,
            row.queue,
        )
