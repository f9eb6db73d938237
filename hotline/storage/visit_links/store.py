"""Visits whose customers are to be sent a link."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Text, and_, cast, exists, func, literal, or_, select

from hotline.domain.sms.message import SmsState
from hotline.domain.visits.visit import Visit, VisitWay
from hotline.storage.links.tables import link
from hotline.storage.sms.tables import sms_message
from hotline.storage.transaction import TableStore
from hotline.storage.visits.store import visit_of
from hotline.storage.visits.tables import IS_OPEN, visit, visit_try

#: By these a link is sent.
SENT_WAYS = (VisitWay.SMS, VisitWay.MAIL)


class LinkedVisitStore(TableStore):
    def to_send(self, now: datetime, tried_before: datetime, most_tries: int, sent: str, limit: int) -> list[Visit]:
        """Open ones whose customer is to be sent a link and was not sent one that way (`sent` is how such a try ended),
        after fewer tries than `most_tries`, the last of them before `tried_before`."""
        same = and_(visit_try.c.visit_id == visit.c.id, visit_try.c.way == visit.c.way)
        went = exists().where(same, visit_try.c.outcome == sent)
        lately = exists().where(same, visit_try.c.at > tried_before)
        tries = select(func.count()).where(same).scalar_subquery()
        rows = self._connection.execute(
            select(visit)
            .where(
                IS_OPEN,
                visit.c.way.in_([each.value for each in SENT_WAYS]),
                or_(visit.c.not_before.is_(None), visit.c.not_before <= now),
                ~went,
                ~lately,
                tries < most_tries,
            )
            .order_by(visit.c.due_at, visit.c.id)
            .limit(limit)
        )
        return [visit_of(row) for row in rows]

    def run_out(self, purpose: str, kind: str, ways: Sequence[VisitWay], now: datetime, limit: int) -> list[Visit]:
        """Open ones that are asked by a link, all of whose links are over; and those whose text message, of this
        `kind`, never went: it was to bring the first."""
        object = literal("visit:").concat(cast(visit.c.id, Text))
        theirs = and_(link.c.object == object, link.c.purpose == purpose)
        never_went = and_(
            visit.c.way == VisitWay.SMS.value,
            exists().where(
                sms_message.c.number == visit.c.number,  # by its index
                sms_message.c.object == object,
                sms_message.c.kind == kind,
                sms_message.c.state.in_([SmsState.FAILED.value, SmsState.HELD_BACK.value]),
            ),
        )
        lives = exists().where(theirs, link.c.expires_at > now, link.c.revoked_at.is_(None), link.c.used_at.is_(None))
        rows = self._connection.execute(
            select(visit)
            .where(
                IS_OPEN, visit.c.way.in_([each.value for each in ways]), ~lives, or_(exists().where(theirs), never_went)
            )
            .order_by(visit.c.due_at, visit.c.id)
            .limit(limit)
        )
        return [visit_of(row) for row in rows]
