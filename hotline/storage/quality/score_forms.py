"""Score forms: a version is written once and never changed; one version a name is active."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, exists, func, or_, select, update

from hotline.domain.examination.score import ItemKind, ScoreForm, ScoreItem, StoredScoreForm
from hotline.storage.examination.tables import examination
from hotline.storage.quality.tables import call_score, score_form
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into

_FORM = score_form.c
_USED = or_(
    exists().where(call_score.c.score_form_id == _FORM.id), exists().where(examination.c.score_form_id == _FORM.id)
)

#: Asked of every recording that is taken in: made once, since making it costs as much as asking.
_ACTIVE = (
    select(score_form).where(_FORM.name == bindparam("name"), _FORM.active).order_by(_FORM.version.desc()).limit(1)
)


def _item(stored: dict[str, Any]) -> ScoreItem:
    return ScoreItem(**{**stored, "kind": ItemKind(stored["kind"]), "kinds": tuple(stored["kinds"])})


def _columns_of(item: ScoreItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "name": item.name,
        "weight": item.weight,
        "kind": item.kind.value,
        "rule": item.rule,
        "kinds": list(item.kinds),
        "deduction": item.deduction,
        "fatal": item.fatal,
    }


def form_of_row(row: Row[Any]) -> ScoreForm:
    return ScoreForm(row.name, row.version, tuple(map(_item, row.items)), row.pass_line, row.active, row.id)


class ScoreFormStore(TableStore):
    def add(self, form: ScoreForm, by: str, now: datetime) -> ScoreForm | None:
        """With its id; None when there is such a version already."""
        insert = (
            insert_into(self._connection, score_form)
            .on_conflict_do_nothing(index_elements=["name", "version"])
            .returning(_FORM.id)
        )
        form_id = self._connection.scalar(
            insert,
            {
                "name": form.name,
                "version": form.version,
                "items": [_columns_of(item) for item in form.items],
                "pass_line": form.pass_line,
                "active": form.active,
                "created_by": by,
                "created_at": now,
            },
        )
        return None if form_id is None else self.by_id(form_id)

    def all(self) -> list[StoredScoreForm]:
        """By name, the newest version first."""
        rows = self._connection.execute(
            select(score_form, _USED.label("used")).order_by(_FORM.name, _FORM.version.desc())
        )
        return [StoredScoreForm(form_of_row(row), row.created_by, row.created_at, bool(row.used)) for row in rows]

    def by_id(self, form_id: int) -> ScoreForm | None:
        row = self._connection.execute(select(score_form).where(_FORM.id == form_id)).first()
        return form_of_row(row) if row else None

    def active(self, name: str) -> ScoreForm | None:
        row = self._connection.execute(_ACTIVE, {"name": name}).first()
        return form_of_row(row) if row else None

    def latest_version(self, name: str) -> int:
        """0 when there is none."""
        return self._connection.scalar(select(func.max(_FORM.version)).where(_FORM.name == name)) or 0

    def any(self) -> bool:
        return self._connection.scalar(select(_FORM.id).limit(1)) is not None

    def activate(self, form_id: int, name: str) -> None:
        """This version is the active one of its name, no other is."""
        self._connection.execute(update(score_form).where(_FORM.name == name).values(active=_FORM.id == form_id))
