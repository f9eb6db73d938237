"""People of ours for tests: with an account, and an extension if they are operators; and shifts of theirs."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.people import Actor, Role
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.staff.records import Tenure
from hotline.services.accounts.accounts import add_user
from hotline.services.led import led_by
from hotline.services.staff.people import own_person
from hotline.storage.accounts.users import UserStore
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.spans import TenureStore
from hotline.storage.transaction import Storage


def somebody(
    storage: Storage, username: str, name: str, now: datetime, *roles: Role, extension: str | None = None
) -> tuple[Actor, int]:
    """The actor, and the person's id; an operator, where no role is given."""
    add_user(storage, username, name, roles or (Role.OPERATOR,), now, "test")
    with storage.writing() as tx:
        user = UserStore(tx).by_username(username)
        assert user is not None
        person = own_person(tx, Actor(username, user.roles, name, user.id))
        assert person is not None and person.id is not None
        if extension is not None:
            TenureStore(tx).add(Tenure(person.id, extension))
    assert user.id is not None
    return Actor(username, user.roles, name, user.id, extension, None, led_by(storage, user.id, now)), person.id


def plan(storage: Storage, person_id: int, name: str, starts_at: datetime, ends_at: datetime, **more: object) -> None:
    """A published shift at a desk, if `more` says nothing else."""
    fields = {"published_at": starts_at, **more}
    with storage.writing() as tx:
        ShiftStore(tx).add(PlannedShift(name, starts_at, ends_at, person_id, **fields))  # type: ignore[arg-type]
