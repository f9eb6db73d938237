"""Drafts of the menus, and the calls by which they are tried."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from hotline.domain.menus.draft import Content, MenuDraft
from hotline.domain.menus.trial import Step, TrialCall, TrialState, Way
from hotline.domain.reasons import Reason
from hotline.storage.inserted import new_id
from hotline.storage.menus.tables import menu_draft, menu_trial_call
from hotline.storage.transaction import TableStore

_DRAFT, _CALL = menu_draft.c, menu_trial_call.c
_DRAFT_COLUMNS = tuple(each.name for each in dataclasses.fields(MenuDraft))


#: Asked every few seconds: made once, since making it costs as much as asking.
_UNFINISHED = (
    select(menu_trial_call).where(_CALL.state.in_((TrialState.WAITS.value, TrialState.CALLS.value))).order_by(_CALL.id)
)


class MenuDraftStore(TableStore):
    def add(self, draft: MenuDraft) -> MenuDraft:
        values = {name: getattr(draft, name) for name in _DRAFT_COLUMNS if name != "id"}
        return dataclasses.replace(draft, id=new_id(self._connection.execute(insert(menu_draft).values(values))))

    def all(self, limit: int) -> list[MenuDraft]:
        """The last changed first."""
        rows = self._connection.execute(select(menu_draft).order_by(_DRAFT.changed_at.desc(), _DRAFT.id).limit(limit))
        return [_draft(row) for row in rows]

    def by_id(self, draft_id: int) -> MenuDraft | None:
        row = self._connection.execute(select(menu_draft).where(_DRAFT.id == draft_id)).one_or_none()
        return _draft(row) if row else None

    def change(self, draft: MenuDraft, content: Content, base: Content, by: str, at: datetime) -> bool:
        """False when somebody else has changed it since that version."""
        same = (_DRAFT.id == draft.id, _DRAFT.version == draft.version, _DRAFT.taken_at.is_(None))
        values = {"content": content, "base": base, "version": draft.version + 1, "changed_by": by, "changed_at": at}
        changed = update(menu_draft).where(*same).values(values).returning(_DRAFT.id)
        return self._connection.execute(changed).one_or_none() is not None

    def take(self, draft: MenuDraft, by: str, at: datetime, from_at: datetime, until_at: datetime | None) -> bool:
        """It is in force or planned; False as `change`."""
        same = (_DRAFT.id == draft.id, _DRAFT.version == draft.version, _DRAFT.taken_at.is_(None))
        values = {"taken_by": by, "taken_at": at, "from_at": from_at, "until_at": until_at}
        taken = update(menu_draft).where(*same).values(values).returning(_DRAFT.id)
        return self._connection.execute(taken).one_or_none() is not None

    def remove(self, draft_id: int) -> None:
        """With the calls that tried it."""
        self._connection.execute(delete(menu_trial_call).where(_CALL.draft_id == draft_id))
        self._connection.execute(delete(menu_draft).where(_DRAFT.id == draft_id))


class MenuTrialStore(TableStore):
    def begin(self, draft_id: int, calls: list[TrialCall]) -> None:
        """In place of what was tried of the draft before."""
        self._connection.execute(delete(menu_trial_call).where(_CALL.draft_id == draft_id))
        self._connection.execute(insert(menu_trial_call), [_written(each) for each in calls])

    def of_draft(self, draft_id: int) -> list[TrialCall]:
        return self._found(_CALL.draft_id == draft_id)

    def by_token(self, token: str) -> TrialCall | None:
        return next(iter(self._found(_CALL.token == token)), None)

    def unfinished(self) -> list[TrialCall]:
        return [_call(row) for row in self._connection.execute(_UNFINISHED)]

    def update(self, call: TrialCall) -> None:
        self._connection.execute(update(menu_trial_call).where(_CALL.id == call.id).values(_written(call)))

    def _found(self, which: Any) -> list[TrialCall]:
        rows = self._connection.execute(select(menu_trial_call).where(which).order_by(_CALL.id))
        return [_call(row) for row in rows]


def _draft(row: Row[Any]) -> MenuDraft:
    return MenuDraft(**{name: getattr(row, name) for name in _DRAFT_COLUMNS})


def _written(call: TrialCall) -> dict[str, Any]:
    values = {
        each.name: getattr(call, each.name) for each in dataclasses.fields(call) if each.name not in ("id", "way")
    }
    return {
        **values,
        "menu": call.way.menu,
        "keys": list(call.way.keys),
        "state": call.state.value,
        "steps": [each.as_json() for each in call.steps],
        "ended": dict(call.ended or {}),
        "fault": call.fault.as_json() if call.fault else {},
    }


def _call(row: Row[Any]) -> TrialCall:
    return TrialCall(
        draft_id=row.draft_id,
        version=row.version,
        line=row.line,
        way=Way(row.menu, tuple(row.keys)),
        token=row.token,
        content=row.content,
        at=row.at,
        sent=row.sent,
        stays=row.stays,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        state=TrialState(row.state),
        begun_at=row.begun_at,
        ended_at=row.ended_at,
        steps=tuple(map(_step, row.steps)),
        ended=row.ended or None,
        fault=Reason.from_json(row.fault) if row.fault else None,
        id=row.id,
    )


def _step(stored: Mapping[str, Any]) -> Step:
    return Step(tuple(stored["prompts"]), stored["key"], stored["menu"], stored["to"])
