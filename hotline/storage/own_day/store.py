"""What is counted of one person's day: each by an index, since it is asked for between any two calls."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, case, func, select

from hotline.domain.own_day.day import OwnCount
from hotline.domain.staff.spans import AtExtension
from hotline.storage.callbacks.tables import callback
from hotline.storage.calls.tables import call
from hotline.storage.cases.tables import IS_OPEN as CASE_IS_OPEN
from hotline.storage.cases.tables import service_case
from hotline.storage.examination.tables import appeal, examination
from hotline.storage.forms.tables import call_form
from hotline.storage.satisfaction.tables import rating
from hotline.storage.staff.had import had
from hotline.storage.transaction import TableStore
from hotline.storage.visits.tables import IS_OPEN as VISIT_IS_OPEN
from hotline.storage.visits.tables import visit

Spans = Collection[AtExtension]


class OwnDayStore(TableStore):
    """`whose`: the extensions that are theirs, and when."""

    def calls(self, whose: Spans, since: datetime) -> OwnCount:
        """That they had answered, of those that came since then."""
        wanted = select(func.count(), func.sum(call.c.talk_seconds)).where(
            had(whose, call.c.answered_by, call.c.started_at), call.c.started_at >= since
        )
        row = self._connection.execute(wanted).one()
        return OwnCount(row[0], seconds=row[1] or None)

    def records(self, whose: Spans, now: datetime) -> OwnCount:
        """Still to be written; late ones are past their time (B2)."""
        theirs = had(whose, call_form.c.owner, call_form.c.called_at)
        return self._count(call_form, (theirs, call_form.c.state == "open"), call_form.c.due_at, now)

    def promises(self, whose: Spans, now: datetime) -> OwnCount:
        """Given and not kept yet (B6)."""
        theirs = had(whose, call_form.c.owner, call_form.c.called_at)
        waits = (call_form.c.promise_due_at.is_not(None), call_form.c.promise_kept_at.is_(None))
        return self._count(call_form, (theirs, *waits), call_form.c.promise_due_at, now)

    def callbacks(self, username: str, now: datetime) -> OwnCount:
        """That they could make now: nobody has taken them, or they have."""
        open_ones = (callback.c.closed_at.is_(None), callback.c.taken_by.in_(("", username)))
        return self._count(callback, open_ones, callback.c.due_at, now)

    def cases(self, username: str, now: datetime) -> OwnCount:
        """Open ones that are theirs; what is told to nobody (`about`) is not told here."""
        theirs = (service_case.c.owner == username, service_case.c.about != username)
        return self._count(service_case, (CASE_IS_OPEN, *theirs), service_case.c.due_at, now)

    def visits(self, username: str, now: datetime) -> OwnCount:
        return self._count(visit, (VISIT_IS_OPEN, visit.c.visitor == username), visit.c.due_at, now)

    def ratings(self, whose: Spans, since: datetime) -> OwnCount:
        """That callers gave for their talks, of those who were asked since then (E9)."""
        wanted = select(func.count(rating.c.answer), func.sum(rating.c.answer)).where(
            had(whose, rating.c.extension, rating.c.offered_at), rating.c.offered_at >= since
        )
        row = self._connection.execute(wanted).one()
        return OwnCount(row[0], mean=row[1] / row[0] if row[0] else None)

    def scores(self, whose: Spans, since: datetime) -> OwnCount:
        """That examiners gave for their talks of since then, with what appeals changed."""
        score = case((appeal.c.decision == "changed", appeal.c.score), else_=examination.c.score)
        theirs = had(whose, examination.c.extension, examination.c.called_at)
        published = (examination.c.state != "assigned", examination.c.calibration_id.is_(None))
        wanted = (
            select(func.count(score), func.sum(score))
            .select_from(examination.outerjoin(appeal, appeal.c.examination_id == examination.c.id))
            .where(theirs, examination.c.called_at >= since, *published)
        )
        row = self._connection.execute(wanted).one()
        return OwnCount(row[0], mean=row[1] / row[0] if row[0] else None)

    def _count(
        self, table: Table, wanted: Sequence[ColumnElement[bool]], due_at: ColumnElement[Any], now: datetime
    ) -> OwnCount:
        late = func.sum(case((due_at < now, 1), else_=0))
        row = self._connection.execute(select(func.count(), late).select_from(table).where(*wanted)).one()
        return OwnCount(row[0], late=int(row[1] or 0))
