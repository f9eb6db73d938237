"""The directory of those whom callers are passed on to (A6, A14), and its copy in AstDB."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.domain import numbers
from hotline.domain.directory import directory
from hotline.domain.directory.directory import DirectoryMatch, DirectoryPerson
from hotline.domain.errors import NotFound, Outdated, PbxError, Refused
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.text import one_line, several_lines
from hotline.services.directory.acting import Away, away_now, gone_now
from hotline.services.pbx import Pbx
from hotline.storage.audit import AuditLog
from hotline.storage.directory.store import DirectoryStore, MessageStore
from hotline.storage.staff.directory import DirectoryLinkStore
from hotline.storage.transaction import Storage, Transaction

#: Family in Asterisk's database: key is the person's id, value the number to dial; empty means nobody is to be dialled.
FAMILY = "hotline-directory"
NOBODY = ""

#: What people write into.
WRITTEN = ("name", "number", "department", "job_title", "mail", "subjects", "regions", "note", "active")

_MAIL = re.compile(r"^[^@\s<>\"']{1,64}@[^@\s<>\"']{1,190}$")


@dataclass(frozen=True, slots=True)
class FoundPeople:
    """Best fit first. `everybody`: how many the directory has; `subjects`: all of theirs; `waiting`: how many messages
    are not passed on yet; `away`: those of the matches who are, by their ids; `gone`: those who are not with us any
    more."""

    matches: Sequence[DirectoryMatch]
    everybody: int
    subjects: Sequence[str]
    waiting: int
    away: Mapping[int, Away]
    gone: Collection[int]


def find_people(
    storage: Storage, text: str, subject: str, region: str, now: datetime, inactive_too: bool = False
) -> FoundPeople:
    """Who fits (see `domain.directory.search`). Whoever is inactive or gone is for those who keep the directory."""
    with storage.reading() as tx:
        people = DirectoryStore(tx).all()
        waiting = MessageStore(tx).count_open()
        away, gone = away_now(tx, people, now), gone_now(tx, people, now)
    offered = [each for each in people if inactive_too or (each.active and each.id not in gone)]
    matches = directory.search(offered, text, subject, region)
    subjects = sorted({subject for person in people for subject in person.subjects})
    return FoundPeople(matches, len(people), subjects, waiting, away, gone)


def read_person(storage: Storage, person_id: int) -> DirectoryPerson:
    """Raises NotFound."""
    with storage.reading() as tx:
        return person_of(tx, person_id)


def person_of(tx: Transaction, person_id: int) -> DirectoryPerson:
    """Raises NotFound."""
    found = DirectoryStore(tx).by_id(person_id) if is_id(person_id) else None
    if found is None:
        raise NotFound("directory.no_person", id=person_id)
    return found


def person_to_call(tx: Transaction, person_id: int, now: datetime) -> DirectoryPerson:
    """Whom a caller can be passed on to. Raises NotFound; Refused for somebody who is not active or has left."""
    person = person_of(tx, person_id)
    if gone_now(tx, [person], now):
        raise Refused("directory.has_left", person=person.name)
    if not person.active:
        raise Refused("directory.takes_no_calls", person=person.name)
    return person


def add_person(storage: Storage, pbx: Pbx, person: DirectoryPerson, actor: Actor, now: datetime) -> DirectoryPerson:
    """Raises Refused."""
    new = dataclasses.replace(checked(person), id=None, version=1, updated_at=now, updated_by=actor.name)
    with storage.writing() as tx:
        added = DirectoryStore(tx).add(with_department(tx, new))
        AuditLog(tx).add(now, actor.name, "directory.create", f"directory:{added.id}", added.name)
        values = values_of(tx, [added], now)
    tell(pbx, values)
    return added


def change_person(
    storage: Storage, pbx: Pbx, person_id: int, version: int, changes: Mapping[str, object], actor: Actor, now: datetime
) -> DirectoryPerson:
    """Write `changes` (fields of WRITTEN). Raises NotFound, Refused, and Outdated if somebody was faster."""
    with storage.writing() as tx:
        old = person_of(tx, person_id)
        written: dict[str, Any] = {name: changes[name] for name in WRITTEN if name in changes}
        new = checked(dataclasses.replace(old, **written))
        changed = [name for name in WRITTEN if getattr(new, name) != getattr(old, name)]
        if old.version != version:
            raise Outdated("directory.changed_meanwhile")
        if not changed:
            return old
        new = dataclasses.replace(new, version=version + 1, updated_at=now, updated_by=actor.name)
        new = with_department(tx, new)
        if not DirectoryStore(tx).update(new, version):
            raise Outdated("directory.changed_meanwhile")
        AuditLog(tx).add(now, actor.name, "directory.change", f"directory:{person_id}", ", ".join(changed))
        values = values_of(tx, [new], now)
    tell(pbx, values)
    return new


def with_department(tx: Transaction, person: DirectoryPerson) -> DirectoryPerson:
    """Linked with the department that their text names."""
    named = DirectoryLinkStore(tx).department_named(person.department) if person.department else None
    return dataclasses.replace(person, department_id=named)


def remove_person(storage: Storage, pbx: Pbx, person_id: int, actor: Actor, now: datetime) -> None:
    """Raises NotFound; Refused while somebody waits for an answer to a message left for them."""
    with storage.writing() as tx:
        person = person_of(tx, person_id)
        if MessageStore(tx).list(open_only=True, person_id=person_id, limit=1):
            raise Refused("directory.has_messages", person=person.name)
        DirectoryStore(tx).remove(person_id)
        AuditLog(tx).add(now, actor.name, "directory.remove", f"directory:{person_id}", person.name)
    tell(pbx, {str(person_id): NOBODY})


def checked(person: DirectoryPerson) -> DirectoryPerson:
    """With texts made plain and the number in one spelling. Raises Refused saying which field and what was expected."""
    plain = dataclasses.replace(
        person,
        name=one_line(person.name),
        department=one_line(person.department),
        job_title=one_line(person.job_title),
        mail=one_line(person.mail),
        note=several_lines(person.note),
        subjects=_entries("subjects", person.subjects),
        regions=_entries("regions", person.regions),
        number=_number(person.number),
    )
    if not 1 <= len(plain.name) <= directory.MAX_NAME:
        raise Refused("directory.name", most=directory.MAX_NAME, field="name")
    for field in ("department", "job_title", "mail"):
        if len(getattr(plain, field)) > directory.MAX_FIELD:
            raise Refused("directory.too_long", most=directory.MAX_FIELD, field=field)
    if len(plain.note) > directory.MAX_MESSAGE:
        raise Refused("directory.too_long", most=directory.MAX_MESSAGE, field="note")
    if plain.mail and not _MAIL.match(plain.mail):
        raise Refused("directory.mail", field="mail")
    return plain


def values_of(tx: Transaction, people: Collection[DirectoryPerson], now: datetime) -> dict[str, str]:
    """What Asterisk dials for each of them, by FAMILY's keys: their number, or that of who acts for them; of whoever
    has left none."""
    away, gone = away_now(tx, people, now), gone_now(tx, people, now)
    return {str(each.id): NOBODY if each.id in gone else _dialled(each, away.get(each.id or 0)) for each in people}


def _dialled(person: DirectoryPerson, away: Away | None) -> str:
    if not person.active:
        return NOBODY
    return numbers.as_dialled(away.number if away is not None and away.number else person.number)


def tell(pbx: Pbx, values: Mapping[str, str]) -> None:
    """Write them into Asterisk's database; where it is away the job does it later."""
    with suppress(PbxError):
        for key, value in values.items():
            pbx.database_put(FAMILY, key, value)


def _number(written: str) -> numbers.Number:
    whole = numbers.normalise(written)
    if not whole:
        raise Refused("customers.number", field="number")
    return whole


def _entries(field: str, written: tuple[str, ...]) -> tuple[str, ...]:
    entries = tuple(dict.fromkeys(entry for each in written if (entry := one_line(each))))
    if len(entries) > directory.MAX_ENTRIES or any(len(entry) > directory.MAX_NAME for entry in entries):
        raise Refused("directory.too_many", most=directory.MAX_ENTRIES, longest=directory.MAX_NAME, field=field)
    return entries
