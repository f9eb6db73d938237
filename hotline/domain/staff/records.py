"""Our own people as they are kept. Every span is [since, until): None is open at that end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.numbers import NO_NUMBER, Number


@dataclass(frozen=True, slots=True)
class Person:
    """One of us. `user_id`: the account they sign in with; None: they have none. `mobile` in E.164. `language`: a tag
    such as zh or en, "" for the site's. Not `active`: nothing new is given them."""

    name: str
    user_id: int | None = None
    email: str = ""
    mobile: Number = NO_NUMBER
    language: str = ""
    active: bool = True
    version: int = 1
    updated_at: datetime | None = None
    updated_by: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """People who work together. `leader_id`, `deputy_id`: persons; the deputy leads where the leader is away and has
    named nobody."""

    name: str
    leader_id: int | None = None
    deputy_id: int | None = None
    active: bool = True
    version: int = 1
    updated_at: datetime | None = None
    updated_by: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Department(Team):
    """A part of the company, which is responsible for subjects. `email`, `phone`: where it is reached from outside its
    people. `parent_id`: the department that it is a part of. Its id is never a team's."""

    email: str = ""
    phone: Number = NO_NUMBER
    parent_id: int | None = None


@dataclass(frozen=True, slots=True)
class Tenure:
    """Somebody had an extension. `since` None: as long as anything is known of it."""

    person_id: int
    extension: str
    since: datetime | None = None
    until: datetime | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away, and `deputy_id` (None: nobody) acts for them."""

    person_id: int
    since: datetime
    until: datetime
    deputy_id: int | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """Somebody belonged to a team or a department."""

    unit_id: int
    person_id: int
    since: datetime | None = None
    until: datetime | None = None
    id: int | None = None
