"""What verdicts add up to, day by day: kept in the transaction that adds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, and_, case, delete, exists, insert, select

from hotline.domain.batches import batches
from hotline.domain.calendar import local_day
from hotline.domain.verdicts.generations import FIRST, Generation
from hotline.domain.verdicts.tally import Counted, Window
from hotline.domain.verdicts.verdict import Judgement, Verdict
from hotline.storage.transaction import HeldBack, TableStore
from hotline.storage.upsert import insert_into
from hotline.storage.verdicts.tables import rule_verdict, verdict_tally

_T, _V = verdict_tally.c, rule_verdict.c
_KEY = ("day", "rule", "generation", "line", "person_id", "judgement")


#: Day, rule, generation, line, person and judgement, as in the table.
TallyKey = tuple[str, str, int, str, int, str]


class KeptTallies(HeldBack[tuple[TallyKey, int]]):
    """Added at the end of the transaction, always in the same order, so that no two wait for each other."""

    turn = 0

    def count(self, generation: int, verdict: Verdict, number: int) -> None:
        self.waiting.append((tally_key(generation, verdict), number))

    def write(self) -> None:
        sums: dict[TallyKey, int] = defaultdict(int)
        for key, number in self.waiting:
            sums[key] += number
        self.waiting.clear()
        rows = [{**_named(key), "verdicts": number} for key, number in sorted(sums.items()) if number]
        if not rows:
            return
        statement = insert_into(self._connection, verdict_tally)
        added = statement.on_conflict_do_update(
            index_elements=list(_KEY), set_={"verdicts": _T.verdicts + statement.excluded.verdicts}
        )
        self._connection.execute(added, rows)
        if days := sorted({key[0] for key, number in sums.items() if number < 0}):
            self._connection.execute(delete(verdict_tally).where(_T.day.in_(days), _T.verdicts == 0))


def tally_key(generation: int, verdict: Verdict) -> TallyKey:
    day = _day_text(verdict.at)
    return day, verdict.rule, generation, verdict.line, verdict.person_id or 0, verdict.judgement.value


def _named(key: TallyKey) -> dict[str, str | int]:
    return dict(zip(_KEY, key, strict=True))


@lru_cache(4096)
def _day_text(moment: datetime) -> str:
    return local_day(moment).isoformat()


def counting_tallies(newest_first: Sequence[Generation], asked: int | None = None) -> ColumnElement[bool]:
    """As `hotline.storage.verdicts.store.counts`, of tallies."""
    if asked is not None or not newest_first:
        return _T.generation == (FIRST if asked is None else asked)
    return _T.generation == case(*((_held_by(each), each.id) for each in newest_first), else_=FIRST)


def _held_by(generation: Generation) -> ColumnElement[bool]:
    parts = []
    if generation.since is not None:
        parts.append(_T.day >= generation.since.isoformat())
    if generation.until is not None:
        parts.append(_T.day < generation.until.isoformat())
    if generation.rules:
        parts.append(_T.rule.in_(generation.rules))
    return and_(_T.id.is_not(None), *parts)


class TallyStore(TableStore):
    def counted(self, first: date, last: date, window: Window, which: ColumnElement[bool]) -> list[Counted]:
        """Of the days [first, last), and of the window's line and person."""
        parts = [_T.day >= first.isoformat(), _T.day < last.isoformat(), which]
        if window.line is not None:
            parts.append(_T.line == window.line)
        if window.person_id is not None:
            parts.append(_T.person_id == window.person_id)
        if window.people is not None:
            parts.append(_T.person_id.in_(window.people))
        rows = self._connection.execute(
            select(_T.day, _T.rule, _T.line, _T.person_id, _T.judgement, _T.verdicts).where(*parts)
        )
        return [
            Counted(_day(day), rule, line, person, Judgement(judgement), count)
            for day, rule, line, person, judgement, count in rows
        ]

    def rebuild(self) -> int:
        """Made anew from the verdicts themselves; of how many."""
        later = rule_verdict.alias("later")
        standing = select(_V.at, _V.rule, _V.generation, _V.line, _V.person_id, _V.judgement).where(
            ~exists().where(later.c.replaces == _V.id)
        )
        sums: dict[TallyKey, int] = defaultdict(int)
        for at, rule, generation, line, person, judgement in self._connection.execute(standing):
            day = _day_text(at)
            sums[day, rule, generation, line, person, judgement] += 1
        self._connection.execute(delete(verdict_tally))
        for some in batches(sorted(sums.items()), 5000):
            self._connection.execute(insert(verdict_tally), [{**_named(key), "verdicts": n} for key, n in some])
        return sum(sums.values())

    def all(self) -> dict[TallyKey, int]:
        rows = self._connection.execute(select(*(_T[name] for name in _KEY), _T.verdicts))
        return {(row[0], row[1], row[2], row[3], row[4], row[5]): row[6] for row in rows}


@lru_cache(4096)
def _day(text: str) -> date:
    return date.fromisoformat(text)
