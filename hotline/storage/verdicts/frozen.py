"""Subjects of which something was deleted for a person (G3): their verdicts stay as they are."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from hotline.domain.batches import batches
from hotline.domain.verdicts.verdict import Subject
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into
from hotline.storage.verdicts.tables import frozen_subject

_F = frozen_subject.c


class FrozenStore(TableStore):
    def freeze(self, subject: Subject, ids: Collection[str]) -> None:
        rows = [{"subject": subject.value, "subject_id": each} for each in sorted(ids)]
        if rows:
            statement = insert_into(self._connection, frozen_subject)
            self._connection.execute(statement.on_conflict_do_nothing(index_elements=["subject", "subject_id"]), rows)

    def living(self, subject: Subject, ids: Collection[str]) -> list[str]:
        """Those of these that are not frozen, in their order."""
        frozen: set[str] = set()
        for some in batches(sorted(ids)):
            frozen |= set(
                self._connection.scalars(
                    select(_F.subject_id).where(_F.subject == subject.value, _F.subject_id.in_(some))
                )
            )
        return [each for each in ids if each not in frozen]
