"""Holds, and what may go: recordings with what their term is counted from."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, func, insert, or_, select, true, update

from hotline.domain.batches import batches
from hotline.domain.errors import Conflict
from hotline.domain.recordings.recording import RecordingState
from hotline.domain.retention.deletion import DeletionCandidate
from hotline.domain.retention.retention import KeptFor, LegalHold
from hotline.storage.calls.tables import call
from hotline.storage.inserted import new_id
from hotline.storage.kept_for import CallKey, categories_of, visits_of
from hotline.storage.recordings.store import entry_of
from hotline.storage.recordings.tables import recording
from hotline.storage.retention.tables import archive_disc, archive_item, expiry_listing, recording_hold
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into
from hotline.storage.with_recording import forget_with

_HOLD = recording_hold.c
_COLUMNS = tuple(each.name for each in dataclasses.fields(LegalHold))


def hold_of(row: Row[Any]) -> LegalHold:
    return LegalHold(**{name: getattr(row, name) for name in _COLUMNS})


class HoldStore(TableStore):
    def add(self, hold: LegalHold) -> LegalHold:
        """In place of one of this call whose time is over. Raises Conflict when one stands."""
        # Whoever is about to delete one of them has this row first, or waits for us and then sees the hold.
        self._connection.execute(
            select(recording.c.id)
            .where(recording.c.node == hold.node, recording.c.linkedid == hold.linkedid)
            .with_for_update()
        ).all()
        before = self.of_call(hold.node, hold.linkedid)
        if before is not None and before.stands(hold.set_at):
            raise Conflict("retention.on_hold")
        if before is not None:
            self.lift(before.id or 0, "", before.until or hold.set_at)
        values = {name: getattr(hold, name) for name in _COLUMNS if name != "id"}
        return dataclasses.replace(hold, id=new_id(self._connection.execute(insert(recording_hold).values(values))))

    def by_id(self, hold_id: int) -> LegalHold | None:
        return self._one(_HOLD.id == hold_id)

    def of_call(self, node: str, linkedid: str) -> LegalHold | None:
        """The one that was not lifted, its time over or not."""
        return self._one(and_(_HOLD.node == node, _HOLD.linkedid == linkedid, _HOLD.lifted_at.is_(None)))

    def search(self, standing_at: datetime | None, limit: int, offset: int = 0) -> list[LegalHold]:
        """Newest first; None: those that are over too."""
        rows = self._connection.execute(
            select(recording_hold)
            .where(_standing(standing_at))
            .order_by(_HOLD.set_at.desc(), _HOLD.id.desc())
            .limit(limit)
            .offset(offset)
        )
        return [hold_of(row) for row in rows]

    def count(self, standing_at: datetime | None) -> int:
        return (
            self._connection.scalar(select(func.count()).select_from(recording_hold).where(_standing(standing_at))) or 0
        )

    def lift(self, hold_id: int, by: str, now: datetime) -> bool:
        """False unless it was not lifted yet."""
        return (
            self._connection.execute(
                update(recording_hold)
                .where(_HOLD.id == hold_id, _HOLD.lifted_at.is_(None))
                .values(lifted_at=now, lifted_by=by)
            ).rowcount
            == 1
        )

    def _one(self, condition: ColumnElement[bool]) -> LegalHold | None:
        row = self._connection.execute(select(recording_hold).where(condition)).first()
        return hold_of(row) if row else None


def _standing(at: datetime | None) -> ColumnElement[bool]:
    if at is None:
        return true()
    return and_(_HOLD.lifted_at.is_(None), or_(_HOLD.until.is_(None), _HOLD.until > at))


_READY = and_(recording.c.state == RecordingState.READY.value, recording.c.kept_at.is_not(None))
_WITH_CALL = (
    select(
        recording,
        call.c.id.label("call_id"),
        call.c.caller_number,
        call.c.ended_at,
        call.c.id.is_(None).label("unknown"),
        expiry_listing.c.listed_at,
    )
    .outerjoin(call, and_(call.c.node == recording.c.node, call.c.linkedid == recording.c.linkedid))
    .outerjoin(expiry_listing, expiry_listing.c.recording_id == recording.c.id)
    .where(_READY)
    .order_by(recording.c.id)
)


class ExpiryStore(TableStore):
    """Recordings that are kept and ready, with what their term is counted from."""

    def candidates(self, before: datetime, after_id: int, limit: int) -> list[DeletionCandidate]:
        """Those that began before then, beyond this id, by id."""
        return self._read(_WITH_CALL.where(recording.c.started_at < before, recording.c.id > after_id).limit(limit))

    def lock(self, recording_id: int) -> None:
        """Until the end of the transaction nobody else deletes it or sets a hold on its call."""
        self._connection.execute(select(recording.c.id).where(recording.c.id == recording_id).with_for_update()).all()

    def of(self, recording_ids: Collection[int]) -> list[DeletionCandidate]:
        """Those of these, by id."""
        ids = sorted(recording_ids)
        return [found for some in batches(ids) for found in self._read(_WITH_CALL.where(recording.c.id.in_(some)))]

    def list_since(self, recording_ids: Sequence[int], now: datetime) -> int:
        """Put these on the list of what may go, take all others from it; how many are new there."""
        listed = set(self._connection.scalars(select(expiry_listing.c.recording_id)))
        wanted = set(recording_ids)
        gone, new = sorted(listed - wanted), sorted(wanted - listed)
        for some in batches(gone):
            self._connection.execute(delete(expiry_listing).where(expiry_listing.c.recording_id.in_(some)))
        if new:
            self._connection.execute(
                insert_into(self._connection, expiry_listing).on_conflict_do_nothing(index_elements=["recording_id"]),
                [{"recording_id": id, "listed_at": now} for id in new],
            )
        return len(new)

    def listed_before(self, before: datetime) -> list[int]:
        """What stands on the list since then or longer."""
        return list(
            self._connection.scalars(
                select(expiry_listing.c.recording_id)
                .where(expiry_listing.c.listed_at <= before)
                .order_by(expiry_listing.c.recording_id)
            )
        )

    def forget(self, recording_id: int, linked: CallKey, now: datetime) -> bool:
        """Say that it is deleted, and delete what goes with it. False unless it was ready."""
        done = (
            self._connection.execute(
                update(recording)
                .where(recording.c.id == recording_id, _READY)
                .values(state=RecordingState.DELETED.value, deleted_at=now)
            ).rowcount
            == 1
        )
        if done:
            forget_with(self._connection, recording_id, linked)
            self._connection.execute(delete(expiry_listing).where(expiry_listing.c.recording_id == recording_id))
        return done

    def _read(self, wanted: Select[Any]) -> list[DeletionCandidate]:
        rows = self._connection.execute(wanted).all()
        kept, discs = kept_for(self._connection, rows, _end), self._discs(rows)
        return [
            DeletionCandidate(
                entry_of(row),
                kept[row.node, row.linkedid],
                row.call_id,
                row.caller_number or "",
                row.listed_at,
                tuple(discs[row.id]),
            )
            for row in rows
        ]

    def _discs(self, rows: Sequence[Row[*tuple[Any, ...]]]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for some in batches([row.id for row in rows]):
            for row in self._connection.execute(
                select(archive_item.c.recording_id, archive_disc.c.label)
                .join(archive_disc, archive_disc.c.id == archive_item.c.disc_id)
                .where(archive_item.c.recording_id.in_(some))
                .order_by(archive_disc.c.label)
            ):
                found[row.recording_id].append(row.label)
        return found


def kept_for(
    connection: Connection,
    rows: Sequence[Row[*tuple[Any, ...]]],
    end: Callable[[Row[*tuple[Any, ...]]], datetime | None],
) -> dict[CallKey, KeptFor]:
    """By (node, linkedid) of rows that have these: as all features tell it, and with the hold of the call."""
    linkedids = {row.linkedid for row in rows}
    visits, categories = visits_of(connection, linkedids), categories_of(connection, linkedids)
    holds = _holds(connection, linkedids)
    found = {}
    for row in rows:
        key = (row.node, row.linkedid)
        followed = visits.get(key, ())
        closed = tuple(at for at in followed if at is not None)
        found[key] = KeptFor(end(row), closed, len(followed) - len(closed), categories.get(key, ""), holds.get(key))
    return found


def _holds(connection: Connection, linkedids: Collection[str]) -> dict[CallKey, LegalHold]:
    found: dict[CallKey, LegalHold] = {}
    for some in batches(sorted(linkedids)):
        wanted = select(recording_hold).where(_HOLD.lifted_at.is_(None), _HOLD.linkedid.in_(some))
        found.update(((row.node, row.linkedid), hold_of(row)) for row in connection.execute(wanted))
    return found


def _end(row: Row[*tuple[Any, ...]]) -> datetime | None:
    """Of the call; where the ledger does not know it, the latest moment that the recording itself tells of."""
    end: datetime | None = max(row.started_at, row.kept_at) if row.unknown else row.ended_at
    return end
