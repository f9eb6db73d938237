"""Counts of a month of visits, by indexes: closed ones by when they were closed, open ones by when they are due."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, literal, select

from hotline.domain.time import SHANGHAI
from hotline.domain.visit_checks.month import Counts
from hotline.domain.visits.visit import VISIT, Ending, Satisfaction, Visit, VisitState
from hotline.storage.satisfaction.tables import questionnaire_reply
from hotline.storage.transaction import TableStore
from hotline.storage.visits.store import visit_of
from hotline.storage.visits.tables import IS_CLOSED, IS_OPEN, visit

_IT = visit.c


class VisitMonthStore(TableStore):
    def __init__(self, tx: Any, since: datetime, until: datetime, longest_seconds: float, most_questions: int) -> None:
        super().__init__(tx)
        self._since, self._until = since, until
        self._longest, self._most = longest_seconds, most_questions

    def by_visitor(self, now: datetime) -> dict[str, Counts]:
        return self._by(_IT.visitor, now)

    def by_origin(self, now: datetime) -> dict[str, Counts]:
        return self._by(_IT.origin, now)

    def made_by_day(self) -> dict[date, int]:
        """How many were answered, by the day in Shanghai."""
        wanted = select(_IT.closed_at).where(self._closed(), _IT.ending == Ending.ANSWERED.value)
        found: dict[date, int] = {}
        for at in self._connection.scalars(wanted):
            day = at.astimezone(SHANGHAI).date()
            found[day] = found.get(day, 0) + 1
        return found

    def unhappy(self, limit: int) -> list[Visit]:
        """Those whose customer was not satisfied, or so-so, the worst first."""
        unhappy = (Satisfaction.NOT_SATISFIED.value, Satisfaction.SO_SO.value)
        wanted = select(visit).where(self._closed(), _IT.result.in_(unhappy))
        rows = self._connection.execute(wanted.order_by(_IT.result, _IT.closed_at).limit(limit))
        return [visit_of(row) for row in rows]

    def closed_of(self) -> dict[str, list[int]]:
        """Ids of those that were made or tried, by visitor."""
        wanted = select(_IT.id, _IT.visitor).where(
            self._closed(), _IT.visitor != "", _IT.state == VisitState.DONE.value
        )
        found: dict[str, list[int]] = {}
        for row in self._connection.execute(wanted):
            found.setdefault(row.visitor, []).append(row.id)
        return found

    def _by(self, column: ColumnElement[Any], now: datetime) -> dict[str, Counts]:
        found: dict[str, Counts] = {}
        for wanted in (self._of_closed(column), self._of_open(column, now), self._of_scored(column)):
            for row in self._connection.execute(wanted):
                counted = {name: getattr(row, name) or 0 for name in row._fields if name != "of"}
                found[row.of] = found.get(row.of, Counts()) + Counts(**counted)
        return found

    def _of_closed(self, column: ColumnElement[Any]) -> Select[Any]:
        endings = {
            "made": Ending.ANSWERED,
            "refused": Ending.REFUSED,
            "not_reached": Ending.NOT_REACHED,
            "wrong_number": Ending.WRONG_NUMBER,
        }
        talked = and_(_IT.ending == Ending.ANSWERED.value, _IT.seconds > 0)
        counted = [
            *(_count(name, _IT.ending == each.value) for name, each in endings.items()),
            *(_count(each.value, _IT.result == each.value) for each in Satisfaction),
            _count("late", _IT.closed_at > _IT.due_at),
            _count("talked", talked),
            func.sum(_IT.seconds).filter(talked).label("seconds"),
            _count("too_long", and_(talked, _IT.seconds > self._longest)),
            _count("too_many", _IT.asked > self._most),
            _count("cases", _IT.opened_case_id.is_not(None)),
        ]
        wanted = select(column.label("of"), *counted)
        return wanted.where(self._closed(), _IT.state == VisitState.DONE.value).group_by(column)

    def _of_open(self, column: ColumnElement[Any], now: datetime) -> Select[Any]:
        counted = (func.count().label("open"), _count("late", _IT.due_at <= now))
        due = and_(IS_OPEN, _IT.due_at > self._since, _IT.due_at <= self._until)
        return select(column.label("of"), *counted).where(due).group_by(column)

    def _of_scored(self, column: ColumnElement[Any]) -> Select[Any]:
        """Of those that were answered, what their questionnaires came to."""
        its_reply = questionnaire_reply.c.object == literal(f"{VISIT}:").concat(cast(_IT.id, Text))
        score = questionnaire_reply.c.score
        counted = (func.count(score).label("scored"), func.sum(score).label("score_total"))
        wanted = select(column.label("of"), *counted).select_from(visit.join(questionnaire_reply, its_reply))
        answered = (self._closed(), _IT.ending == Ending.ANSWERED.value, _IT.questionnaire != "", score.is_not(None))
        return wanted.where(*answered).group_by(column)

    def _closed(self) -> ColumnElement[bool]:
        return and_(IS_CLOSED, _IT.closed_at >= self._since, _IT.closed_at < self._until)


def _count(name: str, which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(which).label(name)
