"""The directory as a table: brought in, and given out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from hotline.domain import numbers
from hotline.domain.directory.directory import DirectoryPerson, parts
from hotline.domain.errors import Refused
from hotline.domain.people import Actor
from hotline.services import csv_table
from hotline.services.directory.directory import WRITTEN, checked, tell, values_of, with_department
from hotline.services.looks import note_look
from hotline.services.pbx import Pbx
from hotline.services.tables import shape
from hotline.services.tables.faults import BadCell, TableProblem
from hotline.services.tables.rules import from_rule, yes_or_no
from hotline.services.tables.shape import Field, Kind, Shape
from hotline.services.tables.table import AS_IT_IS, OpenedTable, Reading, Row, open_table, read_rows
from hotline.storage.audit import AuditLog
from hotline.storage.directory.store import DirectoryStore
from hotline.storage.transaction import Storage

SHAPE = Shape(
    {
        "name": Field(shape.EMPLOYEE),
        "number": Field(shape.PHONE, Kind.PHONE),
        "department": Field(shape.DEPARTMENT),
        "job_title": Field(shape.JOB),
        "mail": Field(shape.MAIL),
        "subjects": Field(shape.SUBJECTS),
        "regions": Field(shape.REGIONS),
        "note": Field(shape.NOTE),
        "active": Field(shape.ACTIVE),
    },
    needs=(("name",), ("number",)),
    most=5000,
)
HEADER = ("name", "number", "department", "job_title", "mail", "subjects", "regions", "note", "active")


@dataclass(frozen=True, slots=True)
class ImportedPeople:
    added: int
    changed: int
    known: int


def read_people(content: bytes | str, reading: Reading = AS_IT_IS) -> list[DirectoryPerson]:
    """The people of the table; several subjects or regions in one field are parted by ; or 、. Raises Faults naming
    every line and column that cannot be taken."""
    return people_of(open_table(content, SHAPE, reading))


def people_of(opened: OpenedTable, outside_prefixes: Sequence[str] = ()) -> list[DirectoryPerson]:
    """See `read_people`. `outside_prefixes`: what a site's exchange wants dialled before a number."""
    lines: dict[tuple[str, str], int] = {}

    def once(row: Row) -> DirectoryPerson:
        person = _person(row, outside_prefixes)
        before = lines.setdefault((person.number, person.name), row.line)
        if before != row.line:
            raise BadCell("number", TableProblem.SAME_NUMBER, str(before))
        return person

    return read_rows(opened, SHAPE, once)


def import_people(
    storage: Storage, pbx: Pbx, people: list[DirectoryPerson], actor: Actor, now: datetime, dry_run: bool = False
) -> ImportedPeople:
    """Whoever has the number already is that person, and is written anew; all others are added. Where several share a
    number, the name decides. All rows or none."""
    written: list[DirectoryPerson] = []
    with storage.reading() if dry_run else storage.writing() as tx:
        pairs = _pairs(people, DirectoryStore(tx).all())
        changed = [(person, known) for person, known in pairs if known is not None and not _same(person, known)]
        added = [person for person, known in pairs if known is None]
        if not dry_run:
            written = [_rewritten(person, known, actor, now) for person, known in changed]
            for person in written:
                DirectoryStore(tx).update(with_department(tx, person), person.version - 1)
            written += [
                DirectoryStore(tx).add(with_department(tx, replace(person, updated_at=now, updated_by=actor.name)))
                for person in added
            ]
            AuditLog(tx).add(
                now, actor.name, "directory.import", "directory", f"{len(added)} added, {len(changed)} changed"
            )
        values = values_of(tx, written, now)
    tell(pbx, values)
    return ImportedPeople(len(added), len(changed), len(pairs) - len(added) - len(changed))


def export_people(storage: Storage, actor: Actor, now: datetime) -> Iterator[str]:
    """Everybody with their numbers; it stands in the audit log (F8)."""
    with storage.reading() as tx:
        people = DirectoryStore(tx).all()
    note_look(storage, actor, now, "directory.export", "directory")
    yield from csv_table.write(HEADER, [_line(person) for person in people])


def _person(row: Row, outside_prefixes: Sequence[str]) -> DirectoryPerson:
    texts: dict[str, Any] = {
        name: row.text(name) for name in ("name", "number", "department", "job_title", "mail", "note")
    }
    texts["number"] = numbers.normalise(texts["number"], outside_prefixes) or texts["number"]
    active = yes_or_no(row, "active") if row.text("active") else True
    try:
        return checked(
            DirectoryPerson(
                **texts, subjects=parts(row.text("subjects")), regions=parts(row.text("regions")), active=active
            )
        )
    except Refused as error:
        raise from_rule(error, row.text("number")) from None


def _pairs(
    people: list[DirectoryPerson], there: list[DirectoryPerson]
) -> list[tuple[DirectoryPerson, DirectoryPerson | None]]:
    """Each with whom they are in the directory already."""
    by_name = {(known.number, known.name): known for known in there}
    rows, known_numbers = (Counter(each.number for each in some) for some in (people, there))
    alone = {known.number: known for known in there if known_numbers[known.number] == rows[known.number] == 1}
    return [(person, by_name.get((person.number, person.name)) or alone.get(person.number)) for person in people]


def _same(person: DirectoryPerson, known: DirectoryPerson) -> bool:
    return all(getattr(known, name) == getattr(person, name) for name in WRITTEN)


def _rewritten(person: DirectoryPerson, known: DirectoryPerson, actor: Actor, now: datetime) -> DirectoryPerson:
    return replace(person, id=known.id, version=known.version + 1, updated_at=now, updated_by=actor.name)


def _line(person: DirectoryPerson) -> tuple[str, ...]:
    return (
        person.name,
        numbers.as_dialled(person.number),
        person.department,
        person.job_title,
        person.mail,
        ";".join(person.subjects),
        ";".join(person.regions),
        person.note,
        "yes" if person.active else "no",
    )
