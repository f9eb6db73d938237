"""What verdicts add up to, day by day: kept in the transaction that adds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import Column, ColumnElement, Table, and_, case, delete, exists, func, insert, select

from hotline.domain.batches import batches
from hotline.domain.calendar import local_day
from hotline.domain.verdicts.generations import FIRST, Generation
from hotline.domain.verdicts.tally import Counted, TallyAxis, Window
from hotline.domain.verdicts.verdict import Judgement, Verdict
from hotline.storage.transaction import HeldBack, TableStore
from hotline.storage.upsert import insert_into
from hotline.storage.verdicts.tables import rule_verdict, verdict_day, verdict_tally

_V = rule_verdict.c
_KEY = ("day", "rule", "generation", "line", "person_id", "judgement", "why")
_DAY_KEY = tuple(name for name in _KEY if name != "person_id")
_PERSON = _KEY.index("person_id")
#: Whose why is told apart.
_EXPLAINED = (Judgement.NOT_JUDGED.value, Judgement.NOT_APPLICABLE.value)


#: Day, rule, generation, line, person, judgement and why, as in the table.
TallyKey = tuple[str, str, int, str, int, str, str]


class KeptTallies(HeldBack[tuple[TallyKey, int]]):
    """Added at the end of the transaction, always in the same order, so that no two wait for each other."""

    turn = 0

    def count(self, generation: int, verdict: Verdict, number: int) -> None:
        self.waiting.append((tally_key(generation, verdict), number))

    def write(self) -> None:
        by_person: dict[tuple[str | int, ...], int] = defaultdict(int)
        by_day: dict[tuple[str | int, ...], int] = defaultdict(int)
        for key, number in self.waiting:
            by_person[key] += number
            by_day[_without_person(key)] += number
        self.waiting.clear()
        self._add(verdict_tally, _KEY, by_person)
        self._add(verdict_day, _DAY_KEY, by_day)

    def _add(self, table: Table, names: Sequence[str], sums: Mapping[tuple[str | int, ...], int]) -> None:
        rows = [_named(names, key) | {"verdicts": number} for key, number in sorted(sums.items()) if number]
        if not rows:
            return
        statement = insert_into(self._connection, table)
        added = statement.on_conflict_do_update(
            index_elements=list(names), set_={"verdicts": table.c.verdicts + statement.excluded.verdicts}
        )
        self._connection.execute(added, rows)
        if days := sorted({str(key[0]) for key, number in sums.items() if number < 0}):
            self._connection.execute(delete(table).where(table.c.day.in_(days), table.c.verdicts == 0))


def tally_key(generation: int, verdict: Verdict) -> TallyKey:
    day, judgement = _day_text(verdict.at), verdict.judgement.value
    why = verdict.why if judgement in _EXPLAINED else ""
    return day, verdict.rule, generation, verdict.line, verdict.person_id or 0, judgement, why


def _without_person(key: TallyKey) -> tuple[str | int, ...]:
    return (*key[:_PERSON], *key[_PERSON + 1 :])


def _named(names: Sequence[str], key: tuple[str | int, ...]) -> dict[str, str | int]:
    return dict(zip(names, key, strict=True))


@lru_cache(4096)
def _day_text(moment: datetime) -> str:
    return local_day(moment).isoformat()


class TallyStore(TableStore):
    def counted(
        self,
        first: date,
        last: date,
        window: Window,
        axis: TallyAxis | None,
        newest_first: Sequence[Generation],
        generation: int | None = None,
        rule: str = "",
    ) -> list[Counted]:
        """Of the days [first, last), and of the window's line and people; `rule`: "" for all. `newest_first`: the
        generations in force, of which those that count are taken, or the one asked for. Days, lines and people are
        told apart where the axis asks for them alone."""
        table = _table(window, axis)
        parts = [*_within(table, first, last, window), _counts(table, newest_first, generation)]
        if rule:
            parts.append(table.c.rule == rule)
        key: Column[str] | Column[int] | None = None
        if axis is not None:
            key = table.c[_COLUMNS.get(axis, "day")]
        groups = (table.c.rule, table.c.judgement, *(() if key is None else (key,)))
        rows = self._connection.execute(select(*groups, func.sum(table.c.verdicts)).where(*parts).group_by(*groups))
        return [_counted(axis, first, *row) for row in rows]

    def reasons(
        self, first: date, last: date, window: Window, newest_first: Sequence[Generation], rule: str = ""
    ) -> dict[tuple[str, Judgement, str], int]:
        """How many could not be judged, or are no matter of their rule, by rule and why. `rule`: "" for all."""
        table = _table(window, None)
        parts = [*_within(table, first, last, window), _counts(table, newest_first)]
        if rule:
            parts.append(table.c.rule == rule)
        groups = (table.c.rule, table.c.judgement, table.c.why)
        rows = self._connection.execute(
            select(*groups, func.sum(table.c.verdicts))
            .where(table.c.judgement.in_(_EXPLAINED), *parts)
            .group_by(*groups)
        )
        return {(of, Judgement(judgement), why): int(count) for of, judgement, why, count in rows}

    def rebuild(self) -> int:
        """Made anew from the verdicts themselves; of how many."""
        later = rule_verdict.alias("later")
        why = case((_V.judgement.in_(_EXPLAINED), _V.why), else_="").label("why")
        standing = select(_V.at, _V.rule, _V.generation, _V.line, _V.person_id, _V.judgement, why).where(
            ~exists().where(later.c.replaces == _V.id)
        )
        sums: dict[TallyKey, int] = defaultdict(int)
        for at, *rest in self._connection.execute(standing.execution_options(yield_per=10_000)):
            rule, generation, line, person, judgement, named = rest
            sums[_day_text(at), rule, generation, line, person, judgement, named] += 1
        for table in (verdict_tally, verdict_day):
            self._connection.execute(delete(table))
        for some in batches(sorted(sums.items()), 5000):
            self._connection.execute(insert(verdict_tally), [_named(_KEY, key) | {"verdicts": n} for key, n in some])
        names = [verdict_tally.c[name] for name in _DAY_KEY]
        by_day = select(*names, func.sum(verdict_tally.c.verdicts)).group_by(*names).order_by(*names)
        self._connection.execute(insert(verdict_day).from_select([*_DAY_KEY, "verdicts"], by_day))
        return sum(sums.values())

    def all(self) -> dict[TallyKey, int]:
        columns = [verdict_tally.c[name] for name in _KEY]
        rows = self._connection.execute(select(*columns, verdict_tally.c.verdicts))
        return {(row[0], row[1], row[2], row[3], row[4], row[5], row[6]): row[7] for row in rows}

    def by_day(self) -> dict[tuple[str | int, ...], int]:
        """The same of all people together, as it is kept."""
        rows = self._connection.execute(select(*(verdict_day.c[name] for name in _DAY_KEY), verdict_day.c.verdicts))
        return {tuple(row[:-1]): row[-1] for row in rows}


_COLUMNS = {TallyAxis.LINE: "line", TallyAxis.PERSON: "person_id"}


def _table(window: Window, axis: TallyAxis | None) -> Table:
    of_people = window.person_id is not None or window.people is not None or axis is TallyAxis.PERSON
    return verdict_tally if of_people else verdict_day


def _within(table: Table, first: date, last: date, window: Window) -> list[ColumnElement[bool]]:
    parts = [table.c.day >= first.isoformat(), table.c.day < last.isoformat()]
    if window.line is not None:
        parts.append(table.c.line == window.line)
    if window.person_id is not None:
        parts.append(table.c.person_id == window.person_id)
    if window.people is not None:
        parts.append(table.c.person_id.in_(window.people))
    return parts


def _counts(table: Table, newest_first: Sequence[Generation], asked: int | None = None) -> ColumnElement[bool]:
    """As `hotline.storage.verdicts.store.counts`, of tallies."""
    if asked is not None or not newest_first:
        return table.c.generation == (FIRST if asked is None else asked)
    held = ((_held_by(table, each), each.id) for each in newest_first)
    return table.c.generation == case(*held, else_=FIRST)


def _held_by(table: Table, generation: Generation) -> ColumnElement[bool]:
    parts = []
    if generation.since is not None:
        parts.append(table.c.day >= generation.since.isoformat())
    if generation.until is not None:
        parts.append(table.c.day < generation.until.isoformat())
    if generation.rules:
        parts.append(table.c.rule.in_(generation.rules))
    return and_(table.c.id.is_not(None), *parts)


def _counted(axis: TallyAxis | None, first: date, rule: str, judgement: str, *rest: str | int) -> Counted:
    key, number = rest[0], int(rest[-1])
    of = Judgement(judgement)
    if axis is None:
        return Counted(first, rule, "", 0, of, number)
    if axis is TallyAxis.LINE:
        return Counted(first, rule, str(key), 0, of, number)
    if axis is TallyAxis.PERSON:
        return Counted(first, rule, "", int(key), of, number)
    return Counted(_day(str(key)), rule, "", 0, of, number)


@lru_cache(4096)
def _day(text: str) -> date:
    return date.fromisoformat(text)
