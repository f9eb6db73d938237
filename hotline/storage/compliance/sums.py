"""What the kept tallies of whole days come to by rule and day, line or person, added up by the database: a year of a
large site is a million of them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, func, select

from hotline.domain.verdicts.generations import in_force
from hotline.domain.verdicts.tally import Tally, TallyAxis, Window
from hotline.domain.verdicts.verdict import Judgement
from hotline.storage.transaction import TableStore
from hotline.storage.verdicts.generations import GenerationStore
from hotline.storage.verdicts.tables import verdict_tally
from hotline.storage.verdicts.tallies import counting_tallies

_T = verdict_tally.c
_COLUMNS: dict[TallyAxis, Column[str] | Column[int]] = {
    TallyAxis.DAY: _T.day,
    TallyAxis.LINE: _T.line,
    TallyAxis.PERSON: _T.person_id,
}


class TallySums(TableStore):
    def of(self, first: date, last: date, window: Window, axis: TallyAxis, rule: str = "") -> list[Tally]:
        """Of the days [first, last) and of the window's line and person, as hotline.services.verdicts.tallies gives
        them, in no order. `rule`: "" for all."""
        key = _COLUMNS[axis]
        parts = [_T.day >= first.isoformat(), _T.day < last.isoformat()]
        parts.append(counting_tallies(in_force(GenerationStore(self._tx).all())))
        if window.line is not None:
            parts.append(_T.line == window.line)
        if window.person_id is not None:
            parts.append(_T.person_id == window.person_id)
        if rule:
            parts.append(_T.rule == rule)
        groups = (_T.rule, key, _T.judgement)
        rows = self._connection.execute(select(*groups, func.sum(_T.verdicts)).where(*parts).group_by(*groups))
        found: dict[tuple[str, str], dict[str, int]] = {}
        for of_rule, place, judgement, count in rows:
            found.setdefault((of_rule, str(place or "")), {})[Judgement(judgement).value] = int(count)
        return [Tally(of_rule, place, **counts) for (of_rule, place), counts in found.items()]
