"""The ledger: calls as they were folded, found by what stands in their columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, func, or_, select

from hotline.domain.batches import batches
from hotline.domain.calls.call import Call, Direction, PartyKind
from hotline.domain.calls.ledger import CallFilter, CallPage, StoredCall
from hotline.domain.floor.figures import answer_rings, counts_as
from hotline.domain.recordings.recording import RecordingEntry
from hotline.storage.calls.rated import rated_so
from hotline.storage.calls.tables import CALLERS, call
from hotline.storage.calls.with_customer import IS_WITH_CUSTOMER
from hotline.storage.number_search import contains_number, number_found, rows_with_part
from hotline.storage.recordings.store import entry_of
from hotline.storage.recordings.tables import recording
from hotline.storage.staff.had import had
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import rewriting

#: What listener and worker ask: made once, since making it costs as much as asking.
_LAST_TALK = (
    select(call.c.detail)
    .where(
        call.c.caller_number == bindparam("caller"),
        call.c.started_at >= bindparam("since"),
        IS_WITH_CUSTOMER,
        call.c.answered_by_kind == PartyKind.OPERATOR.value,
    )
    .order_by(call.c.started_at.desc(), call.c.id.desc())
    .limit(1)
)

_THIS = and_(call.c.node == bindparam("node"), call.c.linkedid == bindparam("linkedid"))
_DETAIL, _ID = select(call.c.detail).where(_THIS), select(call.c.id).where(_THIS)
_STORED = select(call.c.id, call.c.detail).where(_THIS)
_BY_IDS = select(call.c.id, call.c.detail).where(call.c.id.in_(bindparam("ids", expanding=True)))
_RECORDINGS_OF = (
    select(call.c.id.label("call_id"), recording)
    .join(recording, and_(recording.c.node == call.c.node, recording.c.linkedid == call.c.linkedid))
    .where(call.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(recording.c.started_at, recording.c.id)
)
_IDS_OF = select(call.c.linkedid, call.c.id).where(
    call.c.node == bindparam("node"), call.c.linkedid.in_(bindparam("linkedids", expanding=True))
)


def _columns_of(record: Call, now: datetime) -> dict[str, Any]:
    by = record.answered_by
    return {
        "node": record.node,
        "linkedid": record.linkedid,
        "direction": record.direction.value,
        "line": record.line,
        "dialled": record.dialled,
        "caller_number": record.caller.number,
        "caller_kept_back": record.caller.kept_back,
        "caller_original": record.caller.original,
        "caller_name": record.caller.name,
        "started_at": record.started_at,
        "answered_at": record.answered_at,
        "ended_at": record.ended_at,
        "outcome": record.outcome.value if record.outcome else None,
        "answered_by_kind": by.kind.value if by else None,
        "answered_by": by.id if by else None,
        "wait_seconds": record.wait_seconds,
        "ring_seconds": record.ring_seconds,
        "talk_seconds": record.talk_seconds,
        "hold_seconds": record.hold_seconds,
        "counts_as": counts_as(record) or "",
        "answer_rings": answer_rings(record),
        "detail": record,
        "updated_at": now,
    }


def _condition(wanted: CallFilter) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [call.c.direction.in_([d.value for d in wanted.directions])]
    if wanted.since is not None:
        parts.append(call.c.started_at >= wanted.since)
    if wanted.until is not None:
        parts.append(call.c.started_at < wanted.until)
    if wanted.outcomes:
        parts.append(call.c.outcome.in_([o.value for o in wanted.outcomes]))
    if wanted.in_progress is not None:
        parts.append(call.c.ended_at.is_(None) if wanted.in_progress else call.c.ended_at.is_not(None))
    if wanted.caller_asked is not None:
        parts.append(number_found(wanted.caller_asked, call.c.caller_number, ""))
    elif wanted.caller:
        parts.append(
            or_(
                contains_number(call.c.caller_number, wanted.caller),
                contains_number(call.c.caller_original, wanted.caller),
            )
        )
    if wanted.line:
        parts.append(call.c.line == wanted.line)
    if wanted.had is not None:
        parts.append(had(wanted.had, call.c.answered_by, call.c.started_at))
    elif wanted.answered_by:
        parts.append(call.c.answered_by == wanted.answered_by)
    if wanted.led is not None:
        parts.append(had(wanted.led, call.c.answered_by, call.c.started_at))
    if wanted.rated is not None:
        parts.append(rated_so(wanted.rated))
    return and_(*parts)


def _part(wanted: CallFilter) -> str:
    """Of a number."""
    return wanted.caller if wanted.caller_asked is None else wanted.caller_asked.end


class CallStore(TableStore):
    def save(self, calls: Sequence[Call], now: datetime) -> None:
        """Insert or rewrite each by (node, linkedid); of two with the same key the later in `calls` stays."""
        latest = {(record.node, record.linkedid): record for record in calls}
        if latest:
            statement = rewriting(self._connection, call, "node", "linkedid")
            self._connection.execute(statement, [_columns_of(record, now) for record in latest.values()])

    def get(self, node: str, linkedid: str) -> Call | None:
        return self._connection.scalar(_DETAIL, {"node": node, "linkedid": linkedid})

    def by_id(self, call_id: int) -> StoredCall | None:
        found = self._stored(self._connection.execute(_BY_IDS, {"ids": [call_id]}).all())
        return found[0] if found else None

    def stored(self, node: str, linkedid: str) -> StoredCall | None:
        """With its recordings."""
        found = self._stored(self._connection.execute(_STORED, {"node": node, "linkedid": linkedid}).all())
        return found[0] if found else None

    def by_ids(self, ids: Collection[int]) -> list[StoredCall]:
        """Those of these that are in the ledger, without their recordings."""
        found: list[StoredCall] = []
        for some in batches(sorted(ids)):
            rows = self._connection.execute(_BY_IDS, {"ids": list(some)})
            found += [StoredCall(row.id, row.detail, ()) for row in rows]
        return found

    def id_of(self, node: str, linkedid: str) -> int | None:
        return self._connection.scalar(_ID, {"node": node, "linkedid": linkedid})

    def ids_of(self, node: str, linkedids: Sequence[str]) -> dict[str, int]:
        """The rows' ids of those of these calls that are in the ledger."""
        found: dict[str, int] = {}
        for some in batches(linkedids):
            rows = self._connection.execute(_IDS_OF, {"node": node, "linkedids": list(some)})
            found.update((linkedid, row) for linkedid, row in rows)
        return found

    def ids_by_call(self, calls: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """As `ids_of`, of any nodes: by (node, linkedid)."""
        by_node: dict[str, list[str]] = defaultdict(list)
        for node, linkedid in calls:
            by_node[node].append(linkedid)
        return {
            (node, linkedid): row
            for node, linkedids in by_node.items()
            for linkedid, row in self.ids_of(node, linkedids).items()
        }

    def search(self, wanted: CallFilter, limit: int, offset: int = 0, most: int | None = None) -> CallPage:
        """`most`: no more are counted; None: all of them."""
        condition = and_(_condition(wanted), *rows_with_part(self._connection, CALLERS, _part(wanted)))
        counted = select(call.c.id).where(condition).limit(most + 1) if most else select(call.c.id).where(condition)
        total = self._connection.scalar(select(func.count()).select_from(counted.subquery())) or 0
        newest_first = (call.c.started_at.desc(), call.c.id.desc())
        shown = select(call.c.id).where(condition).order_by(*newest_first).limit(limit).offset(offset)
        page = self._connection.execute(
            select(call.c.id, call.c.detail).where(call.c.id.in_(shown)).order_by(*newest_first)
        ).all()
        more = most is not None and total > most
        return CallPage(self._stored(page), most if most is not None and more else total, more)

    def open_linkedids(self, node: str) -> list[str]:
        """Calls of this node that have no end yet, oldest first."""
        return list(
            self._connection.scalars(
                select(call.c.linkedid)
                .where(call.c.node == node, call.c.ended_at.is_(None))
                .order_by(call.c.started_at, call.c.id)
            )
        )

    def last_talk(self, caller_number: str, since: datetime) -> Call | None:
        """The latest call with them since then that one of our operators had (B7), whichever of the two called."""
        if not caller_number:
            return None
        return self._connection.scalar(_LAST_TALK, {"caller": caller_number, "since": since})

    def last_arrival(self, line: str) -> datetime | None:
        """When the latest inbound call (or line test) of this line began (A4)."""
        arrivals = [Direction.INBOUND.value, Direction.LINE_TEST.value]
        return self._connection.scalar(
            select(call.c.started_at)
            .where(call.c.line == line, call.c.direction.in_(arrivals))
            .order_by(call.c.started_at.desc())
            .limit(1)
        )

    def _stored(self, rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[StoredCall, ...]:
        recordings: dict[int, list[RecordingEntry]] = defaultdict(list)
        if rows:
            for row in self._connection.execute(_RECORDINGS_OF, {"ids": [row.id for row in rows]}):
                recordings[row.call_id].append(entry_of(row))
        return tuple(StoredCall(row.id, row.detail, tuple(recordings[row.id])) for row in rows)
