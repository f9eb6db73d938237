"""The people of the directory (A6, A14), and what was left for them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from sqlalchemy import Row, case, delete, func, insert, select, update

from hotline.domain.directory.directory import DirectoryMessage, DirectoryPerson
from hotline.storage.directory.tables import directory_message, directory_person
from hotline.storage.inserted import new_id
from hotline.storage.transaction import TableStore

_PERSON = (
    "name",
    "number",
    "department",
    "department_id",
    "job_title",
    "mail",
    "note",
    "active",
    "version",
    "updated_at",
    "updated_by",
)
_MESSAGE = (
    "person_id",
    "text",
    "left_by",
    "left_at",
    "node",
    "linkedid",
    "caller_name",
    "caller_number",
    "passed_on_at",
    "passed_on_by",
    "passed_on_note",
)


def _person_columns(person: DirectoryPerson) -> dict[str, Any]:
    plain = {name: getattr(person, name) for name in _PERSON}
    return {**plain, "subjects": list(person.subjects), "regions": list(person.regions)}


def _person(row: Row[Any]) -> DirectoryPerson:
    plain = {name: getattr(row, name) for name in _PERSON}
    return DirectoryPerson(**plain, subjects=tuple(row.subjects), regions=tuple(row.regions), id=row.id)


def message_of(row: Row[Any]) -> DirectoryMessage:
    return DirectoryMessage(**{name: getattr(row, name) for name in _MESSAGE}, id=row.id)


class DirectoryStore(TableStore):
    def by_id(self, person_id: int) -> DirectoryPerson | None:
        row = self._connection.execute(select(directory_person).where(directory_person.c.id == person_id)).first()
        return _person(row) if row else None

    def all(self) -> list[DirectoryPerson]:
        """By name."""
        wanted = select(directory_person).order_by(directory_person.c.name, directory_person.c.id)
        return [_person(row) for row in self._connection.execute(wanted)]

    def add(self, person: DirectoryPerson) -> DirectoryPerson:
        result = self._connection.execute(insert(directory_person).values(_person_columns(person)))
        return dataclasses.replace(person, id=new_id(result))

    def update(self, person: DirectoryPerson, version: int) -> bool:
        """Write all its fields; False unless the row still has `version`."""
        return (
            self._connection.execute(
                update(directory_person)
                .where(directory_person.c.id == person.id, directory_person.c.version == version)
                .values(_person_columns(person))
            ).rowcount
            == 1
        )

    def remove(self, person_id: int) -> bool:
        return (
            self._connection.execute(delete(directory_person).where(directory_person.c.id == person_id)).rowcount == 1
        )


class MessageStore(TableStore):
    def add(self, message: DirectoryMessage) -> DirectoryMessage:
        result = self._connection.execute(
            insert(directory_message).values({name: getattr(message, name) for name in _MESSAGE})
        )
        return dataclasses.replace(message, id=new_id(result))

    def by_id(self, message_id: int) -> DirectoryMessage | None:
        row = self._connection.execute(select(directory_message).where(directory_message.c.id == message_id)).first()
        return message_of(row) if row else None

    def list(
        self, open_only: bool = False, person_id: int | None = None, limit: int = 200, offset: int = 0
    ) -> list[DirectoryMessage]:
        """Those not passed on first, the longest waiting first; then the others, newest first."""
        message = directory_message.c
        is_open = message.passed_on_at.is_(None)
        wanted = select(directory_message).order_by(
            case((is_open, 0), else_=1), case((is_open, message.left_at)), message.passed_on_at.desc(), message.id
        )
        if open_only:
            wanted = wanted.where(is_open)
        if person_id is not None:
            wanted = wanted.where(message.person_id == person_id)
        return [message_of(row) for row in self._connection.execute(wanted.limit(limit).offset(offset))]

    def count_open(self) -> int:
        return (
            self._connection.scalar(
                select(func.count()).select_from(directory_message).where(directory_message.c.passed_on_at.is_(None))
            )
            or 0
        )

    def pass_on(self, message_id: int, by: str, note: str, now: dt.datetime) -> bool:
        """False if there is no such open one."""
        return (
            self._connection.execute(
                update(directory_message)
                .where(directory_message.c.id == message_id, directory_message.c.passed_on_at.is_(None))
                .values(passed_on_at=now, passed_on_by=by, passed_on_note=note)
            ).rowcount
            == 1
        )
