"""What a table of people comes to, beside the people that there are: who is new, and what would be another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any

from hotline.domain.accounts.user import User
from hotline.domain.errors import Refused
from hotline.domain.hiring.extension import require_free
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.people import Role
from hotline.domain.rights import given
from hotline.domain.staff.records import Person
from hotline.domain.staff.spans import holds_at
from hotline.services.accounts.account_rules import administers, require_fit_end, require_fit_roles
from hotline.services.hiring import people_table as cells
from hotline.services.hiring.operators_kept import as_decided
from hotline.services.hiring.people_queues import levels_in, require_levels_of_theirs, usual_queues
from hotline.services.hiring.people_table import Choices, Phone, RowProblem
from hotline.services.staff.fields import MAX_NAME
from hotline.services.tables.faults import BadCell, BadCells, Fault, Faults, gathered
from hotline.services.tables.table import OpenedTable, Row, read_rows
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.staff.spans import MemberStore, TenureStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Told:
    """All that a table can say of one person. `extension` "": none; `phone`, `queues` and `levels` are then without
    meaning. `levels`: of the queues in which they are not of the first. `teams` and `department`: ids, of the latter
    one at most."""

    name: str
    roles: tuple[Role, ...]
    extension: str = ""
    phone: Phone = "webrtc"
    queues: tuple[str, ...] = ()
    levels: tuple[tuple[str, int], ...] = ()
    teams: frozenset[int] = frozenset()
    department: frozenset[int] = frozenset()
    mail: str = ""
    mobile: Number = NO_NUMBER
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """`before` None: somebody new. `user` and `person`: who they are already. `operator`: what is to be decided of them
    in the settings; None: nothing."""

    line: int
    username: str
    after: Told
    before: Told | None = None
    user: User | None = None
    person: Person | None = None
    operator: Mapping[str, object] | None = None

    @property
    def is_changed(self) -> bool:
        return self.before is not None and self.before != self.after


@dataclass(frozen=True, slots=True)
class Plan:
    """`mark`: what was shown to somebody is still so, if it is the same."""

    people: Sequence[PlannedPerson]

    @property
    def new(self) -> list[PlannedPerson]:
        return [each for each in self.people if each.before is None]

    @property
    def changed(self) -> list[PlannedPerson]:
        return [each for each in self.people if each.is_changed]

    @property
    def mark(self) -> str:
        told = "\n".join(f"{each.username} {_marked(each.before)} {_marked(each.after)}" for each in self.people)
        return sha256(told.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Known:
    """Everybody and everything that there is, in one snapshot."""

    settings: Settings
    choices: Choices
    users: Mapping[str, User]
    people: Mapping[int, Person]
    units: Mapping[int, frozenset[int]]
    holders: Mapping[str, str]
    taken: frozenset[str]
    now: datetime
    lines: dict[str, int] = field(default_factory=dict)

    def before(self, user: User) -> Told:
        """As they are now."""
        person = self.people.get(user.id or 0)
        belongs = self.units.get(person.id or 0, frozenset()) if person else frozenset()
        operator = self.settings.operators.get(user.extension or "")
        return Told(
            name=user.display_name,
            roles=tuple(role for role in Role if role in user.roles),
            extension=user.extension or "",
            phone=operator.phone if operator else "webrtc",
            queues=usual_queues(operator, self.choices) if operator else (),
            levels=levels_in(operator.queues, operator.levels, self.choices) if operator else (),
            teams=belongs & frozenset(self.choices.teams.values()),
            department=belongs & frozenset(self.choices.departments.values()),
            mail=person.email if person else "",
            mobile=person.mobile if person else NO_NUMBER,
            expires_at=user.expires_at,
        )


def read_known(tx: Transaction, settings: Settings, now: datetime) -> Known:
    staff = StaffStore(tx)
    units: dict[int, set[int]] = {}
    for each in MemberStore(tx).search():
        if holds_at(each, now):
            units.setdefault(each.person_id, set()).add(each.unit_id)
    users = {user.username: user for user in UserStore(tx).all()}
    people = staff.all(active_only=False)
    by_id = {each.id: each.name for each in people}
    held = {each.extension: by_id.get(each.person_id, "") for each in TenureStore(tx).search() if each.until is None}
    accounts = {user.extension: user.username for user in users.values() if user.extension}
    operators = {extension: operator.name for extension, operator in settings.operators.items()}
    return Known(
        settings=settings,
        choices=choices_of(tx, settings),
        users=users,
        people={each.user_id: each for each in people if each.user_id is not None},
        units={person_id: frozenset(ids) for person_id, ids in units.items()},
        holders={**held, **operators, **accounts},
        taken=frozenset({*held, *operators, *accounts}),
        now=now,
    )


def choices_of(tx: Transaction, settings: Settings) -> Choices:
    staff = StaffStore(tx)
    by_name = {queue.name.casefold(): key for key, queue in settings.queues.items()}
    return Choices(
        queues={**by_name, **{key.casefold(): key for key in settings.queues}},
        all_queues=tuple(settings.queues),
        teams={each.name: each.id or 0 for each in staff.teams()},
        departments={each.name: each.id or 0 for each in staff.departments()},
    )


def plan_of(opened: OpenedTable, known: Known) -> Plan:
    """Raises Faults naming every line and column that cannot be taken."""
    plan = Plan(read_rows(opened, cells.SHAPE, partial(_planned, known)))
    ends = {each.username for each in plan.people if each.user and not _administers(each.after)}
    there = [user.username for user in known.users.values() if user.active and administers(user.roles, user.expires_at)]
    new = any(_administers(each.after) for each in plan.people)
    if there and not new and not set(there) - ends:
        raise Faults([Fault(0, "", RowProblem.LAST_ADMINISTRATOR, there[0])])
    return plan


def _administers(told: Told) -> bool:
    return administers(told.roles, told.expires_at)


def _planned(known: Known, row: Row) -> PlannedPerson:
    """Raises BadCell, BadCells."""
    choices = known.choices
    username, name, roles, extension, phone, queues, levels, teams, department, mail, mobile, end = gathered(
        *(partial(read, row) for read in (cells.username_of, cells.name_of, cells.roles_of, cells.extension_of)),
        *(partial(cells.phone_of, row), partial(cells.queues_of, row, choices), partial(cells.levels_of, row, choices)),
        *(partial(cells.teams_of, row, choices), partial(cells.department_of, row, choices)),
        *(partial(cells.mail_of, row), partial(cells.mobile_of, row), partial(cells.end_of, row)),
    )
    user = known.users.get(username)
    before = known.before(user) if user else None
    if user is not None and not user.active:
        raise BadCell("username", RowProblem.INACTIVE, username)
    if before is None and not name:
        raise BadCell("name", RowProblem.NAME, str(MAX_NAME))
    usual = before or Told(name or "", given.HIRED[:1] if extension else ())
    if extension and not usual.extension and (operator := known.settings.operators.get(extension)):
        theirs = levels_in(operator.queues, operator.levels, choices)
        usual = replace(usual, phone=operator.phone, queues=usual_queues(operator, choices), levels=theirs)
    said: dict[str, Any] = {"name": name, "roles": roles, "extension": extension, "phone": phone, "queues": queues}
    said |= {"teams": teams, "department": department, "mail": mail, "mobile": mobile, "expires_at": end}
    after = replace(usual, **{each: value for each, value in said.items() if value is not None})
    after = replace(after, levels=levels_in(after.queues, dict(after.levels) if levels is None else levels, choices))
    gathered(
        partial(_require_once, known, row, username, extension),
        partial(_require_extension, known, before, username, after, extension),
        partial(_require_roles, after),
        partial(_require_end, known, before, after),
        partial(_require_phone, row, after),
        partial(require_levels_of_theirs, known.settings, levels, after.queues),
    )
    person = known.people.get(user.id or 0) if user else None
    return PlannedPerson(row.line, username, after, before, user, person, _decided(known, before, after))


def _decided(known: Known, before: Told | None, after: Told) -> dict[str, object] | None:
    """What is to be decided of the operator; their name in the settings stays where the table gives no other."""
    operator = known.settings.operators.get(after.extension)
    if not after.extension or before == after:
        return None
    wanted: dict[str, object] = {"name": after.name, "phone": after.phone, "queues": list(after.queues)}
    wanted["levels"] = dict(after.levels)
    if operator is None:
        return wanted
    now = {**as_decided(operator), "queues": list(usual_queues(operator, known.choices))}
    now["levels"] = dict(levels_in(operator.queues, operator.levels, known.choices))
    named = before is None or before.name != after.name
    wanted = {**now, **wanted, "name": after.name if named else operator.name}
    return wanted if wanted != now else None


def _require_once(known: Known, row: Row, username: str, extension: str | None) -> None:
    """Nobody stands in two lines, and no extension does."""
    wrong = []
    for name, value, problem in (
        ("username", f"user {username}", RowProblem.USERNAME_TWICE),
        ("extension", f"extension {extension}" if extension else "", RowProblem.EXTENSION_TWICE),
    ):
        first = known.lines.setdefault(value, row.line) if value else row.line
        if first != row.line:
            wrong.append(BadCell(name, problem, str(first)))
    if wrong:
        raise BadCells(wrong)


def _require_extension(known: Known, before: Told | None, username: str, after: Told, extension: str | None) -> None:
    if extension is None or (before is not None and before.extension == extension):
        return
    if before is not None and before.extension:
        raise BadCell("extension", RowProblem.EXTENSION_CHANGE, before.extension)
    holder = known.holders.get(extension, "")
    # Who stands in the settings by this name has no account yet: this is theirs.
    if extension in known.settings.operators and holder == after.name and holder not in known.users:
        return
    try:
        require_free(extension, known.taken, known.settings.line_numbers)
    except Refused as error:
        raise BadCell("extension", *_EXTENSION[error.code](extension, holder)) from None


_EXTENSION: Mapping[str, Callable[[str, str], tuple[RowProblem, str]]] = {
    "hiring.extension_taken": lambda extension, holder: (RowProblem.EXTENSION_TAKEN, holder[:40]),
    "hiring.extension_emergency": lambda extension, holder: (RowProblem.EXTENSION_KEPT, extension),
    "hiring.extension_is_line": lambda extension, holder: (RowProblem.EXTENSION_KEPT, extension),
}

_ROLES = {
    "accounts.no_role": RowProblem.NO_ROLE,
    "accounts.examines_and_calls": RowProblem.EXAMINES,
    "accounts.audits_and_more": RowProblem.AUDITS,
    "accounts.examiner_extension": RowProblem.PHONE_ROLES,
}


def _require_roles(after: Told) -> None:
    try:
        require_fit_roles(after.roles, after.extension or None)
    except Refused as error:
        raise BadCell("roles", _ROLES[error.code]) from None
    if after.extension and not set(after.roles) <= set(given.HIRED):
        raise BadCell("roles", RowProblem.PHONE_ROLES)


def _require_end(known: Known, before: Told | None, after: Told) -> None:
    try:
        require_fit_end(after.roles, after.expires_at, known.now, before.expires_at if before else None)
    except Refused as error:
        ends = error.code == "accounts.ends_ahead"
        raise BadCell("last_day", RowProblem.ENDS_AHEAD if ends else RowProblem.AUDITOR_ENDS) from None


def _require_phone(row: Row, after: Told) -> None:
    said = [name for name in ("phone_kind", "queues", "levels") if row.text(name).strip()]
    if said and not after.extension:
        raise BadCells([BadCell(name, RowProblem.NO_EXTENSION) for name in said])


#: Of whoever has an extension alone; no queues are all of them.
_OF_PHONES = ("phone", "queues")


def differences(person: PlannedPerson) -> Iterator[tuple[str, object, object]]:
    """(field, before, after) of what would be another; of somebody new what there is, before None."""
    for each in fields(Told):
        now = getattr(person.after, each.name)
        if person.before is not None:
            then = getattr(person.before, each.name)
            if then != now:
                yield each.name, then, now
        elif each.name in _OF_PHONES:
            if person.after.extension:
                yield each.name, None, now
        elif now and each.name != "name":
            yield each.name, None, now


def _marked(told: Told | None) -> str:
    values = [getattr(told, each.name) for each in fields(Told)] if told else []
    return repr([sorted(each) if isinstance(each, frozenset) else each for each in values])
