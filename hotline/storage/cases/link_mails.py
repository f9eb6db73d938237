"""Customers' links that are to go out by mail, as they are kept."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from sqlalchemy import func, select, update

from hotline.domain.cases.link_mail import LinkMail, MailState
from hotline.storage.cases.tables import case_link_mail
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into

_IT = case_link_mail.c
_COLUMNS = tuple(each.name for each in dataclasses.fields(LinkMail))


class LinkMailStore(TableStore):
    def add(self, mail: LinkMail) -> None:
        """One that waits for the same case already is that one."""
        waits = select(func.count()).where(_IT.case_id == mail.case_id, _IT.state == MailState.WAITING.value)
        if not self._connection.scalar(waits.select_from(case_link_mail)):
            values = {name: getattr(mail, name) for name in _COLUMNS if name != "id"}
            self._connection.execute(
                insert_into(self._connection, case_link_mail), {**values, "state": mail.state.value}
            )

    def due(self, now: datetime, most: int) -> list[LinkMail]:
        """The oldest first."""
        wanted = select(case_link_mail).where(_IT.state == MailState.WAITING.value, _IT.due_at <= now)
        rows = self._connection.execute(wanted.order_by(_IT.id).limit(most))
        return [
            LinkMail(**{**{name: getattr(row, name) for name in _COLUMNS}, "state": MailState(row.state)})
            for row in rows
        ]

    def claim(self, mail: LinkMail) -> bool:
        """False when somebody else has it."""
        mine = update(case_link_mail).where(_IT.id == mail.id, _IT.state == MailState.WAITING.value)
        return self._connection.execute(mine.values(state=MailState.SENDING.value, tries=_IT.tries + 1)).rowcount == 1

    def settle(self, mail: LinkMail, state: MailState, due_at: datetime) -> None:
        self._connection.execute(
            update(case_link_mail).where(_IT.id == mail.id).values(state=state.value, due_at=due_at)
        )
