"""Cases as a table, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import datetime
from itertools import count

from hotline.domain.cases.case import ServiceCase
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.services import csv_table, xlsx_table
from hotline.services.access import require_right
from hotline.services.cases.listing import AskedCases, wanted_cases
from hotline.services.looks import note_look
from hotline.services.shown import number_shown
from hotline.storage.cases.listing import CaseFilter, CaseListStore, CaseOrder
from hotline.storage.transaction import Storage, Transaction

#: Before the id of a kind's field, where it is a column.
OWN_FIELD = "values."

#: Rows.
MOST = 100_000

_LEFT_OUT = frozenset({"values", "about", "escalated", "revision", "id", "version"})
COLUMNS = tuple(each.name for each in fields(ServiceCase) if each.name not in _LEFT_OUT)


#: A cell in words, of its column and of the row as codes.
CellWords = Callable[[str, Mapping[str, str]], str]


def export_cases(storage: Storage, asked: AskedCases, actor: Actor, now: datetime) -> Iterator[str]:
    """Lines of CSV, the newest first; numbers as whoever exports may see them. The export stands in the audit log (F8).
    Raises Forbidden."""
    whole = may(Act.SEE_NUMBERS, actor.roles)
    found = _exported(storage, asked, actor, now)
    return csv_table.write(COLUMNS, (_row(each, COLUMNS, whole) for each in found))


def export_workbook(
    storage: Storage,
    asked: AskedCases,
    columns: Mapping[str, str],
    words: CellWords,
    name: str,
    actor: Actor,
    now: datetime,
) -> bytes:
    """The same for people, as a workbook (xlsx): `columns` by their names (a field of the kind by `OWN_FIELD` and its
    id), cells in `words`. Raises Forbidden."""
    require_right(Act.EXPORT_CASES, actor)
    whole, written = may(Act.SEE_NUMBERS, actor.roles), count()
    with storage.reading() as tx:
        found = CaseListStore(tx).newest(_wanted(tx, asked, actor, now), MOST)
        rows = (
            dict(zip(columns, _row(each, columns, whole), strict=True))
            for each, _number in zip(found, written, strict=False)
        )
        lines = ([words(column, row) for column in columns] for row in rows)
        book = xlsx_table.write((name, list(columns.values()), lines))
    note_look(storage, actor, now, "cases.export", "cases", f"{next(written)} cases")
    return book


def within_exported(wanted: CaseFilter, actor: Actor) -> CaseFilter:
    """Of a leader, what those have whom they lead."""
    if may(Act.EXPORT_CASES, actor.roles) or not may(Act.EXPORT_CASES, actor.roles, {Tie.LED}):
        return wanted
    return replace(wanted, within_owners=actor.led.usernames, within_departments=())


def _exported(storage: Storage, asked: AskedCases, actor: Actor, now: datetime) -> list[ServiceCase]:
    require_right(Act.EXPORT_CASES, actor)
    with storage.reading() as tx:
        found = list(CaseListStore(tx).newest(_wanted(tx, asked, actor, now), MOST))
    note_look(storage, actor, now, "cases.export", "cases", f"{len(found)} cases")
    return found


def _wanted(tx: Transaction, asked: AskedCases, actor: Actor, now: datetime) -> CaseFilter:
    return within_exported(wanted_cases(tx, replace(asked, order=CaseOrder.NEWEST), actor, now), actor)


def _row(case: ServiceCase, columns: Iterable[str], whole: bool) -> tuple[str, ...]:
    return tuple(_cell(case, name, whole) for name in columns)


def _cell(case: ServiceCase, name: str, whole: bool) -> str:
    if name.startswith(OWN_FIELD):
        return case.values.get(name.removeprefix(OWN_FIELD), "")
    value = getattr(case, name)
    if name == "caller_number":
        return number_shown(case.caller_number, whole) if case.caller_number else ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return "" if value is None else str(value)
