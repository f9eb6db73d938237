"""Links; only hashes of what opens them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from hotline.domain.links.link import Holder, HolderKind, Link
from hotline.storage.inserted import new_id
from hotline.storage.links.tables import link
from hotline.storage.transaction import TableStore

_LINK = link.c
_COLUMNS = tuple(each.name for each in dataclasses.fields(Link) if each.name != "holder")


def _link(row: Row[Any]) -> Link:
    holder = Holder(HolderKind(row.holder_kind), row.holder_id, row.holder_name)
    return Link(holder=holder, **{name: getattr(row, name) for name in _COLUMNS})


class LinkStore(TableStore):
    def add(self, new: Link) -> Link:
        values = {name: getattr(new, name) for name in _COLUMNS if name != "id"}
        holder = {"holder_kind": new.holder.kind.value, "holder_id": new.holder.id, "holder_name": new.holder.name}
        result = self._connection.execute(insert(link).values(values | holder))
        return dataclasses.replace(new, id=new_id(result))

    def by_token(self, token_sha256: str) -> Link | None:
        row = self._connection.execute(select(link).where(_LINK.token_sha256 == token_sha256)).first()
        return _link(row) if row else None

    def latest_to(self, object: str) -> Link | None:
        """The last one that was made, whatever became of it."""
        row = self._connection.execute(
            select(link).where(_LINK.object == object).order_by(_LINK.id.desc()).limit(1)
        ).first()
        return _link(row) if row else None

    def living(
        self, now: datetime, limit: int, link_id: int | None = None, object: str = "", holder: Holder | None = None
    ) -> Sequence[Link]:
        """Those that still let somebody in, the latest first: this one, those to this object, those of this holder; of
        a holder without an id those that bear the name."""
        wanted = [_lives(now)]
        if link_id is not None:
            wanted.append(_LINK.id == link_id)
        if object:
            wanted.append(_LINK.object == object)
        if holder is not None:
            wanted.append(_LINK.holder_kind == holder.kind.value)
            wanted.append(_LINK.holder_id == holder.id if holder.id is not None else _LINK.holder_name == holder.name)
        rows = self._connection.execute(select(link).where(*wanted).order_by(_LINK.id.desc()).limit(limit))
        return [_link(row) for row in rows]

    def open(self, link_id: int, browser_sha256: str, now: datetime) -> bool:
        """Bind it to a browser; False if it is bound already."""
        free = update(link).where(_LINK.id == link_id, _LINK.opened_with == "")
        return self._connection.execute(free.values(opened_with=browser_sha256, opened_at=now)).rowcount == 1

    def use(self, link_id: int, now: datetime) -> bool:
        """False if it lets nobody in any more: of two at once one comes first."""
        living = update(link).where(_LINK.id == link_id, _lives(now))
        return self._connection.execute(living.values(used_at=now)).rowcount == 1

    def use_up(self, object: str, now: datetime) -> None:
        """What all links to this are for is done."""
        self._connection.execute(update(link).where(_LINK.object == object, _lives(now)).values(used_at=now))

    def revoke(self, link_id: int, by: str, now: datetime) -> None:
        living = update(link).where(_LINK.id == link_id, _lives(now))
        self._connection.execute(living.values(revoked_at=now, revoked_by=by))

    def forget(self, token_sha256: str) -> None:
        """As if it had never been made: nobody was told of it."""
        self._connection.execute(delete(link).where(_LINK.token_sha256 == token_sha256))

    def has_run_out(self, before: datetime) -> bool:
        """Whether `trim` would find any."""
        return self._connection.execute(select(_LINK.id).where(_LINK.expires_at < before).limit(1)).first() is not None

    def trim(self, before: datetime) -> int:
        """Delete those that ran out before then; how many."""
        return self._connection.execute(delete(link).where(_LINK.expires_at < before)).rowcount


def _lives(now: datetime) -> ColumnElement[bool]:
    return (_LINK.used_at.is_(None)) & (_LINK.revoked_at.is_(None)) & (_LINK.expires_at > now)
