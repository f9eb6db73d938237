"""Verdicts of deadlines: whether they were kept stands in them already."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from hotline.domain.calendar_key import department_of
from hotline.domain.deadlines.kept import ClockName, KeptDeadline
from hotline.domain.verdicts.judged import in_time
from hotline.domain.verdicts.verdict import Subject, Verdict
from hotline.services.deadlines.clock import counting
from hotline.services.verdicts.maker import Ground, TableMaker
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.deadlines import Clocked, clocked
from hotline.storage.verdicts.sources import deadline_source


class Whose(NamedTuple):
    """`line` "": that of the deadline."""

    person_id: int | None
    line: str = ""


#: By which rule a clock of these things is, by id and clock, where it is another than usual.
OtherRules = Callable[[Transaction, Collection[int]], Mapping[tuple[int, str], str]]

#: Whose work these things are, by their ids; what is gone is not in it.
WhoseWork = Callable[[Transaction, Collection[int], Ground], Mapping[int, Whose]]


def line_of(calendar: str) -> str:
    """By whose calendar a deadline is counted: a department's is no line's."""
    return "" if department_of(calendar) else calendar


class Deadlines(TableMaker):
    """`clocks`: of one kind of thing, each with its rule. `others`: where a clock is of another rule with some of the
    things, by one of `more`. Of a thing that is gone nothing is judged."""

    def __init__(
        self,
        name: str,
        subject: Subject,
        clocks: Mapping[str, str],
        whose: WhoseWork,
        others: OtherRules = lambda _tx, _ids: {},
        more: Collection[str] = (),
    ) -> None:
        self.name, self.subject, self._clocks, self._whose, self._others = name, subject, clocks, whose, others
        self.rules = tuple(dict.fromkeys([*clocks.values(), *more]))
        self.source = deadline_source(*clocks)

    def judge(self, tx: Transaction, ids: Collection[str], ground: Ground) -> Mapping[str, Iterable[Verdict]]:
        things = clocked(tx, self._clocks, ids) if ground.instead_of is None else self._drafted(tx, ids, ground)
        whose, others = self._whose(tx, list(things), ground), self._others(tx, list(things))
        several = len(self._clocks) > len(set(self._clocks.values()))
        found: dict[str, list[Verdict]] = {}
        for key, deadlines in things.items():
            if key not in whose:
                continue
            mine = found[str(key)] = []
            for each in deadlines:
                judged = in_time(each.began_at, each.due_at, each.done_at, each.late, each.told_at)
                if judged is not None:
                    rule = others.get((key, each.clock), self._clocks[each.clock])
                    line = whose[key].line or line_of(each.line)
                    part = each.clock if several else ""
                    mine.append(
                        ground.verdict(
                            rule, judged, self.subject, str(key), each.began_at, line, whose[key].person_id, part
                        )
                    )
        return found

    def _drafted(self, tx: Transaction, ids: Collection[str], ground: Ground) -> Mapping[int, list[Clocked]]:
        """As they would be due by the draft."""
        found: dict[int, list[Clocked]] = {}
        for clock in self._clocks:
            for key, kept in DeadlineStore(tx).of(ClockName(clock), list(map(int, ids))).items():
                found.setdefault(key, []).append(_by_draft(kept, ground))
        return found


def _by_draft(kept: KeptDeadline, ground: Ground) -> Clocked:
    """What was agreed for one alone stays as it was agreed."""
    happened = kept.deadline
    way = counting(ground.at(happened.started_at), kept.clock, kept.line)
    if kept.by_setting and way.usual is not None:
        happened = happened.under(way.usual)
    due = happened.due_at(way.calendar)
    late = due is not None and due <= (happened.stopped_at or ground.now)
    told_at = ground.now if late and happened.stopped_at is None else None
    return Clocked(kept.clock, kept.line, happened.started_at, due, happened.stopped_at, late, told_at)
