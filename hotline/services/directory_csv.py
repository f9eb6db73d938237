"""The directory as a table: brought in, and given out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain import numbers
from hotline.domain.directory import DirectoryPerson, parts
from hotline.domain.records import Actor
from hotline.services import csv_table
from hotline.services.directory_people import WRITTEN, checked, tell
from hotline.services.errors import Refused
from hotline.services.ports import Pbx, Storage

COLUMNS = {
    "name": "name", "姓名": "name",
    "number": "number", "电话": "number", "手机": "number", "号码": "number",
    "department": "department", "部门": "department",
    "job_title": "job_title", "职务": "job_title", "岗位": "job_title",
    "mail": "mail", "email": "mail", "邮箱": "mail",
    "subjects": "subjects", "业务": "subjects", "负责业务": "subjects", "事项": "subjects",
    "regions": "regions", "地区": "regions", "负责地区": "regions", "区域": "regions",
    "note": "note", "备注": "note",
    "active": "active", "在用": "active", "启用": "active",
}  # fmt: skip
HEADER = ("name", "number", "department", "job_title", "mail", "subjects", "regions", "note", "active")
REQUIRED = ("name", "number")

MAX_ROWS = 5000


@dataclass(frozen=True, slots=True)
class ImportedPeople:
    added: int
    changed: int
    known: int


def read_people(text: str, outside_prefixes: Sequence[str] = ()) -> list[DirectoryPerson]:
    """The people of the table; several subjects or regions in one field are parted by ; or 、. Raises Refused naming
    every line that cannot be read."""
    found, wrong = [], []
    for line, row in csv_table.rows(text, COLUMNS, REQUIRED, MAX_ROWS):
        try:
            found.append(_person(row, outside_prefixes))
        except (ValueError, Refused) as error:
            wrong.append(f"line {line}: {error}")
    if wrong:
        raise Refused("\n".join(wrong))
    return found


def import_people(
    storage: Storage, pbx: Pbx, people: list[DirectoryPerson], actor: Actor, now: datetime, dry_run: bool = False
) -> ImportedPeople:
    """Whoever has the number already is that person, and is written anew; all others are added. All rows or none."""
    with storage.reading() if dry_run else storage.writing() as work:
        there = {person.number: person for person in work.directory.all()}
        known = [_same(person, there) for person in people]
        changed = [person for person in people if person.number in there and not _same(person, there)]
        added = [person for person in people if person.number not in there]
        if not dry_run:
            written = [_rewritten(person, there[person.number], actor, now) for person in changed]
            for person in written:
                work.directory.update(person, person.version - 1)
            written += [work.directory.add(replace(person, updated_at=now, updated_by=actor.name))
                        for person in added]
            work.audit.add(now, actor.name, "directory.import", "directory",
                           f"{len(added)} added, {len(changed)} changed")
    if not dry_run:
        # The first that Asterisk does not take ends it: it is away, and the job tells it the rest later.
        all(tell(pbx, person) for person in written)
    return ImportedPeople(len(added), len(changed), known.count(True))


def export_people(storage: Storage, actor: Actor, now: datetime) -> Iterator[str]:
    """Everybody with their numbers; it stands in the audit log (F8)."""
    with storage.writing() as work:
        work.audit.add(now, actor.name, "directory.export", "directory")
        people = work.directory.all()
    yield from csv_table.write(HEADER, [_line(person) for person in people])


def _person(row: dict[str, str], outside_prefixes: Sequence[str]) -> DirectoryPerson:
    try:
        active = csv_table.yes(row.get("active", "") or "yes")
    except ValueError as error:
        raise ValueError(f"active: {error}") from None
    texts = {name: row.get(name, "") for name in ("name", "number", "department", "job_title", "mail", "note")}
    texts["number"] = numbers.normalise(texts["number"], outside_prefixes) or texts["number"]
    return checked(DirectoryPerson(**texts, subjects=parts(row.get("subjects", "")),
                                   regions=parts(row.get("regions", "")), active=active))


def _same(person: DirectoryPerson, there: dict[str, DirectoryPerson]) -> bool:
    known = there.get(person.number)
    return known is not None and all(getattr(known, name) == getattr(person, name) for name in WRITTEN)


def _rewritten(person: DirectoryPerson, known: DirectoryPerson, actor: Actor, now: datetime) -> DirectoryPerson:
    return replace(person, id=known.id, version=known.version + 1, updated_at=now, updated_by=actor.name)


def _line(person: DirectoryPerson) -> tuple[str, ...]:
    return (person.name, numbers.as_dialled(person.number), person.department, person.job_title, person.mail,
            ";".join(person.subjects), ";".join(person.regions), person.note, "yes" if person.active else "no")
