"""What was found in talks, as verdicts are made of it: without the words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, select

from hotline.domain.batches import batches
from hotline.domain.verdicts.findings import Found
from hotline.storage.calls.tables import call
from hotline.storage.quality.tables import call_finding, call_score
from hotline.storage.transaction import Transaction

_C, _F, _S = call.c, call_finding.c, call_score.c
_FINDINGS = (
    select(
        _C.id,
        _F.extension,
        _F.rule,
        _F.kind,
        _F.breach,
        _F.counts,
        _F.value,
        _F.limit_value,
        _F.from_second,
        _F.to_second,
    )
    .join(call_finding, and_(_F.node == _C.node, _F.linkedid == _C.linkedid))
    .where(_C.id.in_(bindparam("ids", expanding=True)))
    .order_by(_C.id, _F.from_second, _F.id)
)
_CALLS = (
    select(_C.id, _C.line, _C.direction, _C.started_at, _C.answered_by_kind, _C.talk_seconds, _S.measures, _S.extension)
    .outerjoin(call_score, and_(_S.node == _C.node, _S.linkedid == _C.linkedid))
    .where(_C.id.in_(bindparam("ids", expanding=True)))
)


class MeasuredCall(NamedTuple):
    """`measures` None: not measured. `talks`: what was found, by the extension whose talk it was."""

    id: int
    line: str
    direction: str
    started_at: datetime
    answered_by_kind: str | None
    talk_seconds: float
    measures: Mapping[str, Any] | None
    talks: Mapping[str, list[Found]]


def measured_calls(tx: Transaction, ids: Collection[str]) -> list[MeasuredCall]:
    found: list[MeasuredCall] = []
    for some in batches(sorted(map(int, ids))):
        talks: dict[int, dict[str, list[Found]]] = defaultdict(dict)
        for call_id, extension, *rest in tx.connection.execute(_FINDINGS, {"ids": list(some)}):
            talks[call_id].setdefault(extension, []).append(Found(*rest))
        for row in tx.connection.execute(_CALLS, {"ids": list(some)}):
            found.append(MeasuredCall(*row[:7], talks=talks.get(row[0], {})))
    return found
