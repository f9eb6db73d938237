"""The day's calls as they count, how supervisors act on operators, and the displays on the floor's wall."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, insert, select, update

from hotline.domain.batches import batches
from hotline.domain.calls.call import PartyKind
from hotline.domain.floor.figures import Counted, CountsAs
from hotline.domain.floor.floor import SupervisorAction, SupervisorActionKind, WallboardDisplay
from hotline.storage.calls.tables import call
from hotline.storage.floor.tables import operator_steering, wall_display
from hotline.storage.inserted import new_id
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import rewriting


class CountedCallStore(TableStore):
    def begun(self, since: datetime, until: datetime) -> dict[int, Counted]:
        """What each call that began in [since, until) counts as, by the id of its row."""
        return self._read(_begun(since, until))

    def of(self, call_ids: Sequence[int], since: datetime, until: datetime) -> dict[int, Counted]:
        """The same of these calls alone."""
        found: dict[int, Counted] = {}
        for some in batches(call_ids):
            found |= self._read(_begun(since, until).where(call.c.id.in_(some)))
        return found

    def _read(self, wanted: Select[*tuple[Any, ...]]) -> dict[int, Counted]:
        # Plain tuples: a day has tens of thousands of them.
        return {
            call_id: Counted(CountsAs(kind), wait_seconds, rings, by_kind == PartyKind.MOBILE)
            for call_id, kind, wait_seconds, rings, by_kind in self._connection.execute(wanted)
        }


def _begun(since: datetime, until: datetime) -> Select[*tuple[Any, ...]]:
    return select(call.c.id, call.c.counts_as, call.c.wait_seconds, call.c.answer_rings, call.c.answered_by_kind).where(
        call.c.started_at >= since, call.c.started_at < until, call.c.counts_as != ""
    )


class WallboardDisplayStore(TableStore):
    def add(self, display: WallboardDisplay, token_sha256: str) -> WallboardDisplay:
        """The display with the id it was given."""
        result = self._connection.execute(
            insert(wall_display).values(
                name=display.name,
                token_sha256=token_sha256,
                created_at=display.created_at,
                created_by=display.created_by,
            )
        )
        return WallboardDisplay(display.name, display.created_at, display.created_by, None, new_id(result))

    def find(self, token_sha256: str) -> WallboardDisplay | None:
        """The display, if it is not revoked."""
        row = self._connection.execute(
            select(wall_display).where(wall_display.c.token_sha256 == token_sha256, wall_display.c.revoked_at.is_(None))
        ).first()
        return _display(row) if row else None

    def seen(self, display_id: int, at: datetime) -> None:
        self._connection.execute(update(wall_display).where(wall_display.c.id == display_id).values(seen_at=at))

    def revoke(self, display_id: int, by: str, now: datetime) -> bool:
        valid = wall_display.c.revoked_at.is_(None)
        statement = update(wall_display).where(wall_display.c.id == display_id, valid)
        return self._connection.execute(statement.values(revoked_at=now, revoked_by=by)).rowcount == 1

    def all(self) -> list[WallboardDisplay]:
        """Those not revoked, by name."""
        rows = self._connection.execute(
            select(wall_display)
            .where(wall_display.c.revoked_at.is_(None))
            .order_by(wall_display.c.name, wall_display.c.id)
        )
        return [_display(row) for row in rows]


class SupervisorActionStore(TableStore):
    def keep(self, action: SupervisorAction) -> None:
        """As the operator's latest."""
        statement = rewriting(self._connection, operator_steering, "extension")
        self._connection.execute(statement, [dataclasses.asdict(action) | {"what": action.what.value}])

    def all(self) -> dict[str, SupervisorAction]:
        """The latest of each operator, by extension."""
        rows = self._connection.execute(select(operator_steering))
        return {
            row.extension: SupervisorAction(
                row.extension, row.at, SupervisorActionKind(row.what), row.by_name, row.reason
            )
            for row in rows
        }


def _display(row: Row[*tuple[Any, ...]]) -> WallboardDisplay:
    return WallboardDisplay(row.name, row.created_at, row.created_by, row.seen_at, row.id)
