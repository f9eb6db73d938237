"""Breaches are added, answered and withdrawn; none is changed otherwise."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, insert, select, update

from hotline.domain.breaches.breach import Breach, BreachKind, Terms
from hotline.storage.breaches.tables import breach
from hotline.storage.inserted import new_id
from hotline.storage.transaction import TableStore

_B = breach.c
_PLAIN = tuple(each.name for each in dataclasses.fields(Breach) if each.name not in ("id", "terms", "source"))


class BreachStore(TableStore):
    def add(self, new: Breach) -> Breach:
        """Raises Conflict when it was declared from the same before."""
        values = {name: getattr(new, name) for name in _PLAIN} | dataclasses.asdict(new.terms)
        written = insert(breach).values({**values, "evidence": list(new.evidence), "source": new.source or None})
        return dataclasses.replace(new, id=new_id(self._connection.execute(written)))

    def by_id(self, breach_id: int) -> Breach | None:
        row = self._connection.execute(select(breach).where(_B.id == breach_id)).one_or_none()
        return _breach(row) if row else None

    def of(self, people: Collection[int] | None) -> list[Breach]:
        """All of these persons' (None: of everybody's), the newest first."""
        wanted = select(breach).order_by(_B.at.desc(), _B.id.desc())
        if people is not None:
            wanted = wanted.where(_B.person_id.in_(people))
        return [_breach(row) for row in self._connection.execute(wanted)]

    def sources(self) -> set[str]:
        """What breaches were declared from already, and stand."""
        wanted = select(_B.source).where(_B.source.is_not(None), _B.withdrawn_at.is_(None))
        return set(self._connection.scalars(wanted))

    def answer(self, breach_id: int, word: str, at: datetime) -> bool:
        """False when there is a word already."""
        return self._changed(breach_id, _B.word_at.is_(None), word=word, word_at=at)

    def withdraw(self, breach_id: int, by: str, reason: str, at: datetime) -> bool:
        """False when it was withdrawn before."""
        told = {"withdrawn_by": by, "withdrawn_reason": reason, "withdrawn_at": at}
        return self._changed(breach_id, _B.withdrawn_at.is_(None), **told)

    def unanswered(self, person_id: int) -> int:
        """How many of theirs stand without a word of their own."""
        wanted = select(func.count()).select_from(breach)
        same = (_B.person_id == person_id, _B.word_at.is_(None), _B.withdrawn_at.is_(None))
        return self._connection.scalar(wanted.where(*same)) or 0

    def forget(self, before: datetime) -> int:
        """Those that happened before: how many there were."""
        return self._connection.execute(delete(breach).where(_B.at < before)).rowcount

    def _changed(self, breach_id: int, still: ColumnElement[bool], **values: object) -> bool:
        changed = update(breach).where(_B.id == breach_id, still).values(values)
        return self._connection.execute(changed).rowcount == 1


def _breach(row: Row[Any]) -> Breach:
    values = {name: getattr(row, name) for name in _PLAIN}
    terms = Terms(row.yuan, row.again_days, row.dismissal_at)
    typed = {"kind": BreachKind(row.kind), "evidence": tuple(row.evidence)}
    return Breach(**{**values, **typed}, terms=terms, source=row.source or "", id=row.id)
