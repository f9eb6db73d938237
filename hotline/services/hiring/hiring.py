"""Somebody new is hired: account, person, extension, phone and queues, all of it or nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from hotline.domain.accounts.user import User
from hotline.domain.errors import Refused
from hotline.domain.hiring.extension import next_free, require_free
from hotline.domain.numbers import NO_NUMBER, Number, normalise
from hotline.domain.people import Actor, Role
from hotline.domain.rights import given
from hotline.domain.rights.acts import Act
from hotline.domain.staff.records import Membership
from hotline.domain.text import one_line
from hotline.services.access import require_right
from hotline.services.accounts.accounts import new_user, store_user
from hotline.services.exchange import Exchange
from hotline.services.hiring.operators_kept import decide_operator, known_levels, known_queues, settings_of
from hotline.services.pbx_files import Applied
from hotline.settings import Settings
from hotline.settings.secrets import give_phone_password
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.staff.spans import MemberStore, TenureStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction

#: As long as the name of an operator may be in the settings.
MAX_NAME = 40
MAX_ADDRESS = 200


@dataclass(frozen=True, slots=True)
class NewOperator:
    """As somebody wrote it. `department_id` None: in none. `levels`: by queue, where it is not the first."""

    name: str
    username: str
    roles: tuple[Role, ...]
    extension: str
    phone: Literal["sip", "webrtc"]
    queues: tuple[str, ...]
    email: str = ""
    mobile: str = ""
    department_id: int | None = None
    levels: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hired:
    """Both passwords are known here and now alone."""

    user: User
    password: str
    extension: str
    phone_password: str
    applied: Applied


@dataclass(frozen=True, slots=True)
class HireForm:
    """What is chosen from. `departments`: (id, name)."""

    extension: str
    queues: tuple[tuple[str, str], ...]
    departments: tuple[tuple[int, str], ...]


def hire_form(exchange: Exchange, actor: Actor) -> HireForm:
    """Raises Forbidden."""
    require_right(Act.HIRE_OPERATORS, actor)
    settings = exchange.in_force()
    with exchange.storage.reading() as tx:
        extension = next_free(taken(tx, settings), settings.line_numbers)
        departments = tuple((each.id or 0, each.name) for each in StaffStore(tx).departments())
    return HireForm(extension, tuple((key, queue.name) for key, queue in settings.queues.items()), departments)


def hire(exchange: Exchange, actor: Actor, new: NewOperator, now: datetime) -> Hired:
    """In force at once: Asterisk knows the phone when this returns, unless `applied` says otherwise.

    Raises Forbidden, Refused with the field that it is about (UnfitAccount among them), Conflict for a user name that
    is taken; nothing is changed then.
    """
    require_right(Act.HIRE_OPERATORS, actor)
    name = _name(new.name)
    if not set(new.roles) <= set(given.HIRED):
        raise Refused("hiring.roles", field="roles")
    user, password = new_user(new.username.strip(), name, new.roles, now, new.extension)
    with exchange.storage.writing() as tx:
        settings = settings_of(tx, exchange, now)
        require_free(new.extension, taken(tx, settings), settings.line_numbers)
        user = store_user(tx, user, (new.extension,), now, actor.name)
        _person(tx, settings, new, replace(user, display_name=name), actor, now)
        operator = {
            "name": name,
            "phone": new.phone,
            "queues": list(known_queues(settings, new.queues)),
            "levels": known_levels(new.queues, new.levels),
        }
        decide_operator(tx, exchange, actor, new.extension, operator, now)
        AuditLog(tx).add(now, actor.name, "operator.hire", f"operator:{new.extension}", user.username)
        # Last: whoever is refused has changed nobody's.
        phone_password = give_phone_password(exchange.secrets, new.extension)
    return Hired(user, password, new.extension, phone_password, exchange.apply())


def taken(tx: Transaction, settings: Settings) -> Collection[str]:
    """Extensions that somebody has: in the settings, as an account, or by what is known of our people."""
    accounts = {user.extension for user in UserStore(tx).all() if user.extension}
    held = {each.extension for each in TenureStore(tx).search() if each.until is None}
    return {*settings.operators, *accounts, *held}


def _name(written: str) -> str:
    name = one_line(written)
    if not name or len(name) > MAX_NAME:
        raise Refused("hiring.name", field="name", most=MAX_NAME)
    return name


def _person(tx: Transaction, settings: Settings, new: NewOperator, user: User, actor: Actor, now: datetime) -> None:
    """Writes down how the new person is reached; they are there, with their extension, since their account is."""
    assert user.id is not None
    staff = StaffStore(tx)
    person = staff.person_of_user(user.id)
    assert person is not None and person.id is not None
    reached = replace(person, email=_email(new.email), mobile=_mobile(settings, new.mobile), version=person.version + 1)
    staff.update_person(replace(reached, updated_at=now, updated_by=actor.name), person.version)
    if new.department_id is not None:
        if staff.department(new.department_id) is None:
            raise Refused("hiring.no_department", field="department")
        MemberStore(tx).add(Membership(new.department_id, person.id, now))


def _email(written: str) -> str:
    text = one_line(written)
    before, at, behind = text.rpartition("@")
    if text and (not before or not at or "." not in behind or " " in text or len(text) > MAX_ADDRESS):
        raise Refused("hiring.email", field="email")
    return text


def _mobile(settings: Settings, written: str) -> Number:
    text = one_line(written)
    number = normalise(text, settings.numbers.outside_prefixes) if text else NO_NUMBER
    if text and not number:
        raise Refused("hiring.mobile", field="mobile")
    return number
