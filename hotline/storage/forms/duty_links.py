"""Links of duty people to the records that they owe (B2); only hashes of what opens them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, delete, exists, insert, select, update

from hotline.domain.forms.duty_link import DutyLink
from hotline.domain.forms.form import CallForm, FormState, Origin
from hotline.storage.calls.tables import call
from hotline.storage.forms.store import form_of_row
from hotline.storage.forms.tables import call_form, duty_link
from hotline.storage.inserted import new_id
from hotline.storage.transaction import TableStore

_LINK = duty_link.c
_COLUMNS = tuple(each.name for each in dataclasses.fields(DutyLink))


def _link(row: Row[Any]) -> DutyLink:
    return DutyLink(**{name: getattr(row, name) for name in _COLUMNS})


class DutyLinkStore(TableStore):
    def add(self, link: DutyLink) -> DutyLink:
        values = {name: getattr(link, name) for name in _COLUMNS if name != "id"}
        result = self._connection.execute(insert(duty_link).values(values))
        return dataclasses.replace(link, id=new_id(result))

    def by_token(self, token_sha256: str) -> DutyLink | None:
        row = self._connection.execute(select(duty_link).where(_LINK.token_sha256 == token_sha256)).first()
        return _link(row) if row else None

    def of_forms(self, form_ids: Sequence[int]) -> Mapping[int, DutyLink]:
        """The latest link of each of these forms that has one."""
        rows = self._connection.execute(select(duty_link).where(_LINK.form_id.in_(list(form_ids))).order_by(_LINK.id))
        return {row.form_id: _link(row) for row in rows}

    def open(self, link_id: int, browser_sha256: str, now: datetime) -> bool:
        """Bind it to a browser; False if it is bound already."""
        return (
            self._connection.execute(
                update(duty_link)
                .where(_LINK.id == link_id, _LINK.opened_with == "")
                .values(opened_with=browser_sha256, opened_at=now)
            ).rowcount
            == 1
        )

    def use(self, link_id: int, now: datetime) -> None:
        self._connection.execute(
            update(duty_link).where(_LINK.id == link_id, _LINK.used_at.is_(None)).values(used_at=now)
        )

    def withdraw(self, form_id: int, now: datetime) -> None:
        """Let none of the form's links in any more."""
        self._connection.execute(
            update(duty_link)
            .where(_LINK.form_id == form_id, _LINK.used_at.is_(None), _LINK.expires_at > now)
            .values(expires_at=now)
        )

    def forget(self, token_sha256: str) -> None:
        """As if it had never been made: nobody was told of it."""
        self._connection.execute(delete(duty_link).where(_LINK.token_sha256 == token_sha256))

    def forms_without(self, since: datetime, limit: int) -> list[CallForm]:
        """Open records of ended calls that were taken on the duty mobile since then and have had no link yet."""
        of_call = and_(call.c.node == call_form.c.node, call.c.linkedid == call_form.c.linkedid)
        rows = self._connection.execute(
            select(call_form)
            .join(call, of_call)
            .where(
                call_form.c.origin == Origin.DUTY.value,
                call_form.c.state == FormState.OPEN.value,
                call_form.c.called_at >= since,
                call.c.ended_at.is_not(None),
                ~exists().where(_LINK.form_id == call_form.c.id),
            )
            .order_by(call_form.c.called_at, call_form.c.id)
            .limit(limit)
        )
        return [form_of_row(row) for row in rows]
