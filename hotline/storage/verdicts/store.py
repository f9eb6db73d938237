"""Verdicts: found by their subject, and added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, and_, case, exists, func, select

from hotline.domain.batches import batches
from hotline.domain.calendar import local_day
from hotline.domain.time import midnight
from hotline.domain.verdicts.generations import FIRST, Generation
from hotline.domain.verdicts.tally import Counted, Window
from hotline.domain.verdicts.verdict import Judgement, StoredVerdict, Subject, Verdict, WhyJudged
from hotline.storage.transaction import TableStore
from hotline.storage.verdicts.adding import add_rows
from hotline.storage.verdicts.tables import LISTED, rule_verdict
from hotline.storage.verdicts.tallies import KeptTallies

_V = rule_verdict.c
_LATER = rule_verdict.alias("later")
#: No other row took its place.
STANDS = ~exists().where(_LATER.c.replaces == _V.id)


class NewVerdict(NamedTuple):
    """`replaces`: the one whose place it takes."""

    generation: int
    verdict: Verdict
    replaces: StoredVerdict | None = None


def stored_verdict(row: Row[Any]) -> StoredVerdict:
    verdict = Verdict(
        row.rule,
        row.version,
        Subject(row.subject),
        row.subject_id,
        row.at,
        Judgement(row.judgement),
        row.value,
        row.limit_value,
        row.unit,
        row.line,
        row.person_id or None,
        row.why,
        row.evidence or {},
        row.part,
    )
    return StoredVerdict(row.id, row.generation, row.judged_at, verdict, row.replaces)


def counts(newest_first: Sequence[Generation], asked: int | None = None) -> ColumnElement[bool]:
    """Rows of the generation that counts for their rule on their day, or of the one that is `asked` for.
    `newest_first`: those in force."""
    if asked is not None or not newest_first:
        return _V.generation == (FIRST if asked is None else asked)
    return _V.generation == case(*((_held_by(each), each.id) for each in newest_first), else_=FIRST)


def _held_by(generation: Generation) -> ColumnElement[bool]:
    parts = []
    if generation.since is not None:
        parts.append(_V.at >= midnight(generation.since))
    if generation.until is not None:
        parts.append(_V.at < midnight(generation.until))
    if generation.rules:
        parts.append(_V.rule.in_(generation.rules))
    return and_(_V.id.is_not(None), *parts)


class VerdictStore(TableStore):
    def add(self, new: Iterable[NewVerdict], now: datetime) -> int:
        """Each takes the place of the one it replaces; the tallies follow with the end of the transaction. How
        many."""
        rows = list(new)
        if not rows:
            return 0
        replaced = ((each.generation, each.verdict, each.replaces.id if each.replaces else None) for each in rows)
        add_rows(self._connection, list(replaced), now)
        kept = self._tx.held_back(KeptTallies)
        for each in rows:
            kept.count(each.generation, each.verdict, 1)
            if each.replaces:
                kept.count(each.replaces.generation, each.replaces.verdict, -1)
        return len(rows)

    def by_id(self, verdict_id: int) -> StoredVerdict | None:
        row = self._connection.execute(select(rule_verdict).where(_V.id == verdict_id)).first()
        return stored_verdict(row) if row else None

    def stands(self, verdict_id: int) -> bool:
        """Whether there is such a verdict, and nothing took its place."""
        return bool(
            self._connection.scalar(select(func.count()).select_from(rule_verdict).where(_V.id == verdict_id, STANDS))
        )

    def of(
        self, subject: Subject, ids: Collection[str], rules: Collection[str], which: ColumnElement[bool]
    ) -> dict[str, list[StoredVerdict]]:
        """Those of these subjects that stand, of these rules and of `which` generation, by the subject's id."""
        found: dict[str, list[StoredVerdict]] = defaultdict(list)
        for some in batches(sorted(ids)):
            wanted = select(rule_verdict).where(
                _V.subject == subject.value, _V.subject_id.in_(some), _V.rule.in_(rules), which, STANDS
            )
            for row in self._connection.execute(wanted):
                found[row.subject_id].append(stored_verdict(row))
        return found

    def listed(
        self,
        window: Window,
        rule: str,
        judgements: Collection[Judgement],
        which: ColumnElement[bool],
        limit: int,
        offset: int = 0,
    ) -> list[StoredVerdict]:
        """A page of them, newest first; not of kept ones, which no index finds."""
        wanted = and_(
            LISTED,
            _V.rule == rule,
            _V.judgement.in_([each.value for each in judgements]),
            *within(window),
            which,
            STANDS,
        )
        rows = self._connection.execute(
            select(rule_verdict).where(wanted).order_by(_V.at.desc(), _V.id.desc()).limit(limit).offset(offset)
        )
        return [stored_verdict(row) for row in rows]

    def reasons(
        self, window: Window, which: ColumnElement[bool], rule: str = ""
    ) -> dict[tuple[str, Judgement, str], int]:
        """How many could not be judged, or are no matter of their rule, by rule and why. `rule`: "" for all."""
        groups = (_V.rule, _V.judgement, _V.why)
        of_rule = (_V.rule == rule,) if rule else ()
        named = (Judgement.NOT_JUDGED.value, Judgement.NOT_APPLICABLE.value)
        rows = self._connection.execute(
            select(*groups, func.count())
            .where(LISTED, *of_rule, _V.judgement.in_(named), *within(window), which, STANDS)
            .group_by(*groups)
        )
        return {(of, Judgement(judgement), why): count for of, judgement, why, count in rows}

    def counted(self, window: Window, which: ColumnElement[bool]) -> list[Counted]:
        """From the rows themselves; the window lies within one day."""
        groups = (_V.rule, _V.line, _V.person_id, _V.judgement)
        rows = self._connection.execute(
            select(*groups, func.count()).where(*within(window), which, STANDS).group_by(*groups)
        )
        day = local_day(window.start)
        return [Counted(day, rule, line, person, Judgement(each), count) for rule, line, person, each, count in rows]

    def last_id(self) -> int:
        return self._connection.scalar(select(func.max(_V.id))) or 0

    def judged_since(self, after: int, generation: int, limit: int) -> list[tuple[int, str, str, str]]:
        """Id, rule, subject and its id of what was judged after that verdict in other generations than this one."""
        rows = self._connection.execute(
            select(_V.id, _V.rule, _V.subject, _V.subject_id)
            .where(_V.id > after, _V.generation != generation)
            .order_by(_V.id)
            .limit(limit)
        )
        return [tuple(row) for row in rows]

    def contested(self) -> set[tuple[str, str, str, str]]:
        """Rule, part, subject and its id of what was taken back because somebody was right to object."""
        rows = self._connection.execute(
            select(_V.rule, _V.part, _V.subject, _V.subject_id)
            .where(LISTED, _V.why == WhyJudged.CONTESTED.value, STANDS)
            .distinct()
        )
        return {tuple(row) for row in rows}

    def to_carry(
        self,
        window: Window,
        rules: Collection[str],
        generation: int,
        which: ColumnElement[bool],
        after: int,
        limit: int,
    ) -> list[StoredVerdict]:
        """What counts in the window, by its id from `after` on, and has no verdict of the same rule and subject in that
        generation."""
        there = rule_verdict.alias("there")
        anew = exists().where(
            there.c.subject == _V.subject,
            there.c.subject_id == _V.subject_id,
            there.c.rule == _V.rule,
            there.c.part == _V.part,
            there.c.generation == generation,
        )
        rows = self._connection.execute(
            select(rule_verdict)
            .where(_V.id > after, *within(window), _V.rule.in_(rules), which, STANDS, ~anew)
            .order_by(_V.id)
            .limit(limit)
        )
        return [stored_verdict(row) for row in rows]


def within(window: Window) -> list[ColumnElement[bool]]:
    parts = [_V.at >= window.start, _V.at < window.end]
    if window.line is not None:
        parts.append(_V.line == window.line)
    if window.person_id is not None:
        parts.append(_V.person_id == window.person_id)
    if window.people is not None:
        parts.append(_V.person_id.in_(window.people))
    return parts
