"""What visits are shared out by: who has how many, and which nobody has."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import String, and_, cast, exists, func, or_, select

from hotline.domain.batches import batches
from hotline.domain.cases.case import CaseState
from hotline.domain.visits.visit import AGAIN, Ending, Origin, Satisfaction
from hotline.storage.accounts.tables import user
from hotline.storage.cases.tables import IS_OPEN as CASE_IS_OPEN
from hotline.storage.cases.tables import service_case
from hotline.storage.staff.tables import person
from hotline.storage.transaction import TableStore
from hotline.storage.visits.tables import IS_CLOSED, IS_OPEN, visit

_IT = visit.c
#: Shared out at once.
_MOST = 10_000


class VisitSharingStore(TableStore):
    def unassigned(self, lost: Collection[str]) -> list[int]:
        """Open ones that nobody has or one of these, the first due first."""
        theirs = _IT.visitor.in_(["", *sorted(lost)])
        wanted = select(_IT.id).where(IS_OPEN, theirs).order_by(_IT.due_at, _IT.id).limit(_MOST)
        return list(self._connection.scalars(wanted))

    def visitors(self) -> list[str]:
        """Who has open ones."""
        wanted = select(_IT.visitor).where(IS_OPEN, _IT.visitor != "").distinct().order_by(_IT.visitor)
        return list(self._connection.scalars(wanted))

    def given_since(self, since: datetime) -> dict[str, int]:
        """How many each was given since then."""
        wanted = select(_IT.visitor, func.count()).where(_IT.visitor != "", _IT.assigned_at >= since)
        return dict(self._connection.execute(wanted.group_by(_IT.visitor)).tuples().all())

    def cases_without(self, kind: str, stage: str, limit: int) -> list[int]:
        """Ids of open cases of this kind in this stage, whose customers can be reached and have no open visit."""
        case = service_case.c
        owed = and_(_IT.origin == Origin.CASE.value, _IT.subject_id == case.id, IS_OPEN)
        reached = or_(case.caller_number != "", case.customer_id.is_not(None))
        wanted = select(case.id).where(CASE_IS_OPEN, case.kind == kind, case.stage == stage, reached)
        return list(self._connection.scalars(wanted.where(~exists().where(owed)).limit(limit)))

    def asked_once(self, kinds: Collection[str], since: datetime, until: datetime, limit: int) -> list[int]:
        """Ids of visits after cases of these kinds that are closed, answered in [since, until) by who was not
        dissatisfied, after which nobody was asked again."""
        case, later = service_case.c, visit.alias()
        again = exists().where(later.c.key == AGAIN + cast(_IT.id, String))
        wanted = (
            select(_IT.id)
            .join(service_case, case.id == _IT.subject_id)
            .where(
                IS_CLOSED,
                _IT.origin == Origin.CASE.value,
                _IT.closed_at >= since,
                _IT.closed_at < until,
                _IT.ending == Ending.ANSWERED.value,
                _IT.result != Satisfaction.NOT_SATISFIED.value,
                func.coalesce(_IT.key, "").not_like(f"{AGAIN}%"),
                case.kind.in_(kinds),
                case.state == CaseState.CLOSED.value,
                ~again,
            )
        )
        return list(self._connection.scalars(wanted.order_by(_IT.id).limit(limit)))

    def usernames(self, person_ids: Collection[int]) -> list[str]:
        found: list[str] = []
        for some in batches(sorted(person_ids)):
            wanted = select(user.c.username).join(person, person.c.user_id == user.c.id).where(person.c.id.in_(some))
            found += self._connection.scalars(wanted.order_by(user.c.username))
        return found
