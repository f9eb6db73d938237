"""People who sign in."""

from __future__ import annotations

import dataclasses
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, select, update

from hotline.domain.accounts.user import User
from hotline.domain.people import Role
from hotline.storage.accounts.tables import user
from hotline.storage.inserted import new_id
from hotline.storage.one_at_a_time import hold_alone
from hotline.storage.sign_in.tables import second_factor
from hotline.storage.transaction import TableStore


def _columns_of(person: User) -> dict[str, Any]:
    return {
        "username": person.username,
        "display_name": person.display_name,
        "password_hash": person.password_hash,
        "roles": [role.value for role in person.roles],
        "must_change_password": person.must_change_password,
        "active": person.active,
        "created_at": person.created_at,
        "extension": person.extension,
        "expires_at": person.expires_at,
    }


def _user(row: Row[Any]) -> User:
    return User(
        row.username,
        row.display_name,
        row.password_hash,
        tuple(Role(role) for role in row.roles),
        row.must_change_password,
        row.active,
        row.created_at,
        row.id,
        row.extension,
        row.expires_at,
        second_factor_at=row.confirmed_at,
    )


#: Whether they have a second factor stands beside it alone.
_WITH_FACTOR = select(user, second_factor.c.confirmed_at).outerjoin(second_factor, second_factor.c.user_id == user.c.id)


#: Of the PostgreSQL advisory lock under which accounts are changed; any constant that nothing else uses.
_LOCK = 400_066


class UserStore(TableStore):
    def lock(self) -> None:
        """Others who change accounts wait until this transaction is over: an account is written whole, as it was read,
        and somebody must be left who administers them. SQLite has one writer anyway. After the lock of settings."""
        hold_alone(self._connection, _LOCK)

    def by_username(self, username: str) -> User | None:
        return self._one(user.c.username == username)

    def of_extension(self, extension: str) -> User | None:
        """Whose extension it is."""
        return self._one(user.c.extension == extension)

    def by_id(self, user_id: int) -> User | None:
        return self._one(user.c.id == user_id)

    def add(self, person: User) -> User:
        """The user with the id they were given."""
        result = self._connection.execute(insert(user).values(_columns_of(person)))
        return dataclasses.replace(person, id=new_id(result))

    def update(self, person: User) -> None:
        self._connection.execute(update(user).where(user.c.id == person.id).values(_columns_of(person)))

    def count(self) -> int:
        return self._connection.scalar(select(func.count()).select_from(user)) or 0

    def all(self) -> list[User]:
        """By user name."""
        return [_user(row) for row in self._connection.execute(_WITH_FACTOR.order_by(user.c.username))]

    def _one(self, condition: ColumnElement[bool]) -> User | None:
        row = self._connection.execute(_WITH_FACTOR.where(condition)).first()
        return _user(row) if row else None
