"""Verdicts of deadlines: whether they were kept stands in them already."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from hotline.domain.calendar_key import department_of
from hotline.domain.verdicts.judged import in_time
from hotline.domain.verdicts.verdict import Subject, Verdict
from hotline.services.verdicts.maker import Ground, TableMaker
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.deadlines import clocked
from hotline.storage.verdicts.sources import deadline_source


class Whose(NamedTuple):
    """`line` "": that of the deadline."""

    person_id: int | None
    line: str = ""


#: Whose work these things are, by their ids; what is gone is not in it.
WhoseWork = Callable[[Transaction, Collection[int], Ground], Mapping[int, Whose]]


def line_of(calendar: str) -> str:
    """By whose calendar a deadline is counted: a department's is no line's."""
    return "" if department_of(calendar) else calendar


class Deadlines(TableMaker):
    """`clocks`: of one kind of thing, each with its rule. Of a thing that is gone nothing is judged."""

    def __init__(self, name: str, subject: Subject, clocks: Mapping[str, str], whose: WhoseWork) -> None:
        self.name, self.subject, self._clocks, self._whose = name, subject, clocks, whose
        self.rules = tuple(dict.fromkeys(clocks.values()))
        self.source = deadline_source(*clocks)

    def judge(self, tx: Transaction, ids: Collection[str], ground: Ground) -> Mapping[str, Iterable[Verdict]]:
        things = clocked(tx, self._clocks, ids)
        whose = self._whose(tx, list(things), ground)
        several = len(self._clocks) > len(self.rules)
        found: dict[str, list[Verdict]] = {}
        for key, deadlines in things.items():
            if key not in whose:
                continue
            mine = found[str(key)] = []
            for each in deadlines:
                judged = in_time(each.began_at, each.due_at, each.done_at, each.late, each.told_at)
                if judged is not None:
                    rule, line = self._clocks[each.clock], whose[key].line or line_of(each.line)
                    part = each.clock if several else ""
                    mine.append(
                        ground.verdict(
                            rule, judged, self.subject, str(key), each.began_at, line, whose[key].person_id, part
                        )
                    )
        return found
