"""The facts of calls and what is summed of them: made, made anew, and thrown away."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, delete, exists, func, insert, select, text

from hotline.domain.batches import batches
from hotline.domain.calls.call import Call
from hotline.domain.reports.fact import CallFact
from hotline.storage.calls.tables import call
from hotline.storage.calls.with_customer import IS_WITH_CUSTOMER
from hotline.storage.forms.tables import call_form
from hotline.storage.recordings.tables import recording
from hotline.storage.reports import figure_sql
from hotline.storage.reports.dialect import Dialect
from hotline.storage.reports.figure_sql import Terms
from hotline.storage.reports.measures import CALL_MEASURES, SPANS, in_whole_seconds
from hotline.storage.reports.sources import SOURCES
from hotline.storage.reports.tables import (
    report_amount,
    report_call,
    report_day,
    report_progress,
    report_seconds,
    report_sum,
)
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into, rewriting

_EARLIER = call.alias("earlier")
_FIRST_OF_NUMBER = (
    select(_EARLIER.c.id)
    .where(_EARLIER.c.caller_number == call.c.caller_number)
    .order_by(_EARLIER.c.started_at, _EARLIER.c.id)
    .limit(1)
    .scalar_subquery()
)
_RECORDED = exists().where(
    recording.c.node == call.c.node,
    recording.c.linkedid == call.c.linkedid,
    recording.c.kind == "talk",
    recording.c.state.in_(["ready", "deleted"]),
)
#: The key; what is kept where it is known no more; and what is marked afterwards.
_NOT_REWRITTEN = frozenset({"id", "caller", "repeat"})
#: Longer is none that goes on.
_LONGEST_CALL = timedelta(days=1)
_SAME_CALL = and_(call_form.c.node == call.c.node, call_form.c.linkedid == call.c.linkedid)


@dataclass(frozen=True, slots=True)
class RawCall:
    """A finished call, and what others say about it."""

    id: int
    call: Call
    subject: str
    region: str
    caller: int | None
    recorded: bool


@dataclass(frozen=True, slots=True)
class Amount:
    """Of a day: as `report_amount` keeps it."""

    what: str
    amount: int
    line: str = ""
    extension: str = ""
    person_id: int | None = None
    reason: str = ""


class ReportFactStore(TableStore):
    def raw(self, since: datetime, until: datetime) -> Iterator[RawCall]:
        """Finished calls with a customer that arrived in [since, until)."""
        yield from self._raw(_finished().where(call.c.started_at >= since, call.c.started_at < until))

    def still_on_at(self, moment: datetime) -> list[Call]:
        """Calls with a customer that had come within a day before the moment and ended after it."""
        begun = and_(call.c.started_at >= moment - _LONGEST_CALL, call.c.started_at < moment)
        wanted = select(call.c.detail).where(begun, call.c.ended_at > moment, IS_WITH_CUSTOMER)
        return list(self._connection.scalars(wanted.order_by(call.c.started_at, call.c.id)))

    def raw_of(self, call_ids: Sequence[int]) -> Iterator[RawCall]:
        """The same of these calls."""
        for some in batches(call_ids):
            yield from self._raw(_finished().where(call.c.id.in_(some)))

    def save(self, facts: Sequence[tuple[CallFact, RawCall, int | None]]) -> None:
        """Each with its person. Who called is kept where the number has been erased since."""
        if not facts:
            return
        fresh = insert_into(self._connection, report_call)
        kept = {each.name: fresh.excluded[each.name] for each in report_call.c if each.name not in _NOT_REWRITTEN}
        fresh = fresh.on_conflict_do_update(
            index_elements=["id"], set_=kept | {"caller": func.coalesce(fresh.excluded.caller, report_call.c.caller)}
        )
        self._connection.execute(fresh, [_columns(*each) for each in facts])

    def days_of(self, call_ids: Sequence[int]) -> set[str]:
        found: set[str] = set()
        for some in batches(call_ids):
            found |= set(self._connection.scalars(select(report_call.c.day).where(report_call.c.id.in_(some))))
        return found

    def unsettled(self, since: datetime) -> list[int]:
        """Calls whose wrap-up went on when their fact was made, of those that arrived since then."""
        wanted = select(report_call.c.id).where(report_call.c.arrived_at >= since, report_call.c.wrap_up_ms.is_(None))
        return list(self._connection.scalars(wanted))

    def calls_of_forms(self, form_ids: Sequence[int]) -> list[int]:
        """The calls that these records are about."""
        found: list[int] = []
        for some in batches(form_ids):
            wanted = select(call.c.id).join(call_form, _SAME_CALL).where(call_form.c.id.in_(some))
            found += self._connection.scalars(wanted)
        return found

    def mark_repeats(self, first: str, last: str) -> None:
        """Of answered calls of these days: was the same caller answered on the same subject in the week before?"""
        week_before = Dialect(self._connection.dialect.name).week_before("report_call.arrived_at")
        repeated = (
            "EXISTS (SELECT 1 FROM report_call p WHERE p.caller = report_call.caller"
            " AND p.subject = report_call.subject AND p.counts_as = 'answered'"
            f" AND p.arrived_at >= {week_before} AND p.arrived_at < report_call.arrived_at)"
        )
        answered = "counts_as = 'answered' AND subject <> ''"
        is_one = f"CASE WHEN {answered} AND {repeated} THEN 1 ELSE 0 END"
        self._connection.execute(
            text(f"UPDATE report_call SET repeat = {is_one} WHERE day BETWEEN :first AND :last AND repeat <> {is_one}"),
            {"first": first, "last": last},
        )

    def forget_days(self, days: Sequence[str]) -> None:
        """Their sums are not good any more."""
        for some in batches(sorted(days)):
            self._connection.execute(delete(report_day).where(report_day.c.day.in_(some)))

    def sum_up(self, first: str, last: str, terms: Terms, now: datetime, days: Sequence[str]) -> None:
        """Anew, of these days; `days`: all of them, those without calls too."""
        for table in (report_sum, report_seconds):
            self._connection.execute(delete(table).where(table.c.day.between(first, last)))
        values = {"first": first, "last": last}
        joined = Dialect(self._connection.dialect.name).joined
        callers = joined("CASE WHEN counts_as <> '' THEN CAST(caller AS TEXT) END")
        for grain, slot, key in _GRAINS:
            names = ", ".join(CALL_MEASURES)
            sums = ", ".join(figure_sql.summed(SOURCES["calls"], name, terms) for name in CALL_MEASURES)
            self._connection.execute(
                text(
                    f"INSERT INTO report_sum (grain, day, slot, line, queue, key, {names}, callers)"
                    f" SELECT '{grain}', day, {slot} AS slot_, line, queue, {key} AS key_, {sums}, {callers}"
                    " FROM report_call"
                    f" WHERE day BETWEEN :first AND :last GROUP BY day, {_grouped(slot, key)}line, queue"
                ),
                values,
            )
        spans = ", ".join(SPANS)
        seconds = ", ".join(self._seconds(condition, amount) for condition, amount in SPANS.values())
        for grain, _slot, key in _GRAINS:
            name, group = ("day", "") if grain == "time" else (grain, f"{key}, ")
            self._connection.execute(
                text(
                    f"INSERT INTO report_seconds (grain, day, line, queue, key, {spans})"
                    f" SELECT '{name}', day, line, queue, {key} AS key_, {seconds} FROM report_call"
                    f" WHERE day BETWEEN :first AND :last GROUP BY day, {group}line, queue"
                ),
                values,
            )
        if days:
            made = [{"day": day, "marks": terms.of_calls, "made_at": now} for day in days]
            self._connection.execute(rewriting(self._connection, report_day, "day"), made)

    def keep_amounts(self, day: str, amounts: Sequence[Amount]) -> None:
        """In place of the day's."""
        self._connection.execute(delete(report_amount).where(report_amount.c.day == day))
        if amounts:
            self._connection.execute(
                insert(report_amount), [{"day": day} | dataclasses.asdict(each) for each in amounts]
            )

    def spans_of_calls(self, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
        """When callers who arrived in [since, until) were on the line."""
        columns = (report_call.c.arrived_at, report_call.c.ended_at)
        within = (report_call.c.arrived_at >= since, report_call.c.arrived_at < until, report_call.c.counts_as != "")
        return [(row.arrived_at, row.ended_at) for row in self._connection.execute(select(*columns).where(*within))]

    def first_arrival(self) -> datetime | None:
        """Of any call of the ledger."""
        return self._connection.scalar(select(call.c.started_at).order_by(call.c.started_at).limit(1))

    def stale_days(self, days: Sequence[str], terms: Terms) -> list[str]:
        """Of these, those whose sums are not good, the oldest first."""
        good: set[str] = set()
        for some in batches(days):
            wanted = select(report_day.c.day).where(report_day.c.day.in_(some), report_day.c.marks == terms.of_calls)
            good |= set(self._connection.scalars(wanted))
        return [day for day in days if day not in good]

    def progress(self) -> int | None:
        """Up to which entry of the outbox facts are made; None: none ever were."""
        return self._connection.scalar(select(report_progress.c.outbox_id).where(report_progress.c.id == 1))

    def keep_progress(self, outbox_id: int, now: datetime) -> None:
        row = {"id": 1, "outbox_id": outbox_id, "made_at": now}
        statement = insert_into(self._connection, report_progress)
        statement = statement.on_conflict_do_update(
            index_elements=["id"], set_={"outbox_id": outbox_id, "made_at": now}
        )
        self._connection.execute(statement, [row])

    def _seconds(self, condition: str, amount: str) -> str:
        """SQL: the whole seconds of each call, in one text."""
        words = f"CASE WHEN {condition} THEN CAST({in_whole_seconds(amount)} AS TEXT) END"
        return Dialect(self._connection.dialect.name).joined(words)

    def _raw(self, wanted: Select[Any]) -> Iterator[RawCall]:
        for row in self._connection.execute(wanted):
            yield RawCall(row.id, row.detail, row.subject or "", row.region or "", row.caller, bool(row.recorded))


#: What each grain of `report_sum` is grouped by beside day, line and queue.
_GRAINS: Sequence[tuple[str, str, str]] = (
    ("time", "slot", "''"),
    ("person", "-1", "COALESCE(CAST(person_id AS TEXT), '')"),
    ("subject", "-1", "subject"),
    ("region", "-1", "region"),
)


def _grouped(slot: str, key: str) -> str:
    """The columns among them; constants are no columns."""
    return f"{slot}, " if slot == "slot" else f"{key}, "


def _finished() -> Select[Any]:
    caller: ColumnElement[Any] = case((call.c.caller_number != "", _FIRST_OF_NUMBER), else_=None)
    return (
        select(
            call.c.id,
            call.c.detail,
            call_form.c.category.label("subject"),
            call_form.c.region,
            caller.label("caller"),
            _RECORDED.label("recorded"),
        )
        .outerjoin(call_form, _SAME_CALL)
        .where(call.c.ended_at.is_not(None), IS_WITH_CUSTOMER)
        .order_by(call.c.started_at, call.c.id)
    )


def _columns(fact: CallFact, raw: RawCall, person_id: int | None) -> Mapping[str, object]:
    columns = {field.name: getattr(fact, field.name) for field in dataclasses.fields(fact)}
    columns["id"] = columns.pop("call_id")
    return columns | {
        "subject": raw.subject,
        "region": raw.region,
        "caller": raw.caller,
        "recorded": int(raw.recorded),
        "person_id": person_id,
        "repeat": 0,
    }
