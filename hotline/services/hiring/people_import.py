"""People come in as a table: accounts, persons, extensions, phones and queues of many at once, all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain.accounts.user import User
from hotline.domain.errors import Outdated
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.staff.records import Membership
from hotline.services.access import require_right
from hotline.services.accounts.accounts import store_user
from hotline.services.accounts.passwords import generate_password, hash_generated
from hotline.services.accounts.users import store_edited
from hotline.services.exchange import Exchange
from hotline.services.hiring.operators_kept import key_of, settings_of
from hotline.services.hiring.people_plan import Known, Plan, PlannedPerson, choices_of, plan_of, read_known
from hotline.services.hiring.people_table import Choices, RowProblem
from hotline.services.pbx_files import Applied
from hotline.services.settings.settings import WrongSettings, decide
from hotline.services.staff.people import write_person
from hotline.services.staff.units import end_now
from hotline.services.tables.faults import Fault, Faults
from hotline.services.tables.table import OpenedTable
from hotline.settings.secrets import give_phone_passwords
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.staff.spans import MemberStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class FirstPasswords:
    """Of somebody who is new here, or has a new phone; known here and now alone. "" for what they have already."""

    name: str
    username: str
    password: str
    extension: str
    phone_password: str


@dataclass(frozen=True, slots=True)
class ImportedPeople:
    """`applied` is of Asterisk; None: it need not know."""

    added: int
    changed: int
    known: int
    passwords: Sequence[FirstPasswords]
    applied: Applied | None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What would be done, and names of queues, teams and departments by what the plan calls them."""

    plan: Plan
    queues: Mapping[str, str]
    units: Mapping[int, str]


def people_choices(exchange: Exchange, actor: Actor) -> Choices:
    """What a table may name. Raises Forbidden."""
    require_may_bring_in(actor)
    with exchange.storage.reading() as tx:
        return choices_of(tx, exchange.in_force())


def rehearse(exchange: Exchange, opened: OpenedTable, actor: Actor, now: datetime) -> Rehearsal:
    """Nothing is changed. Raises Forbidden, Faults."""
    require_may_bring_in(actor)
    settings = exchange.in_force()
    with exchange.storage.reading() as tx:
        known = read_known(tx, settings, now)
    units = {key: name for name, key in (*known.choices.teams.items(), *known.choices.departments.items())}
    return Rehearsal(plan_of(opened, known), {key: each.name for key, each in settings.queues.items()}, units)


def import_people(exchange: Exchange, opened: OpenedTable, seen: str, actor: Actor, now: datetime) -> ImportedPeople:
    """`seen`: the mark of the rehearsal that somebody looked at. Raises Forbidden, Faults, Outdated when it would be
    something else by now; nothing is changed then."""
    require_may_bring_in(actor)
    # Before the transaction, in which others wait.
    made = {each.username: _new_password() for each in rehearse(exchange, opened, actor, now).plan.new}
    with exchange.storage.writing() as tx:
        settings = settings_of(tx, exchange, now)
        UserStore(tx).lock()
        known = read_known(tx, settings, now)
        plan = plan_of(opened, known)
        if plan.mark != seen or any(each.username not in made for each in plan.new):
            raise Outdated("hiring.people_changed_meanwhile")
        for each in plan.people:
            _store(tx, known, each, made.get(each.username, ("", ""))[1], actor, now)
        _decide(tx, exchange, plan, actor, now)
        told = f"{len(plan.new)} added, {len(plan.changed)} changed"
        AuditLog(tx).add(now, actor.name, "people.import", "people", told)
        # Last: whoever is refused has changed nobody's.
        phones = _new_phones(exchange, known, plan)
    applied = exchange.apply() if any(each.operator for each in plan.people) else None
    passwords = tuple(
        FirstPasswords(
            each.after.name,
            each.username,
            made.get(each.username, ("", ""))[0] if each.before is None else "",
            each.after.extension,
            phones.get(each.after.extension, ""),
        )
        for each in plan.people
        if each.before is None or each.after.extension in phones
    )
    same = len(plan.people) - len(plan.new) - len(plan.changed)
    return ImportedPeople(len(plan.new), len(plan.changed), same, passwords, applied)


def note_passwords_fetched(exchange: Exchange, actor: Actor, now: datetime) -> None:
    """Somebody has the first passwords as a file. Raises Forbidden."""
    require_may_bring_in(actor)
    with exchange.storage.writing() as tx:
        AuditLog(tx).add(now, actor.name, "people.passwords", "people")


def require_may_bring_in(actor: Actor) -> None:
    """Raises Forbidden unless they may do by hand all that a table does."""
    for act in (Act.HIRE_OPERATORS, Act.ADMINISTER_ACCOUNTS, Act.EDIT_STAFF):
        require_right(act, actor)


def _new_password() -> tuple[str, str]:
    """And its hash."""
    password = generate_password()
    return password, hash_generated(password)


def _store(tx: Transaction, known: Known, planned: PlannedPerson, hashed: str, actor: Actor, now: datetime) -> None:
    after = planned.after
    if planned.before is not None and not planned.is_changed:
        return
    if planned.user is None:
        new = User(
            username=planned.username,
            display_name=after.name,
            roles=after.roles,
            active=True,
            password_hash=hashed,
            must_change_password=True,
            created_at=now,
            extension=after.extension or None,
            expires_at=after.expires_at,
        )
        user = store_user(tx, new, (after.extension,), now, actor.name)
    else:
        user = planned.user
        changed = replace(user, display_name=after.name, roles=after.roles, expires_at=after.expires_at)
        changed = replace(changed, extension=after.extension or None)
        if changed != user:
            store_edited(tx, user, changed, now, actor.name)
    assert user.id is not None
    person = StaffStore(tx).person_of_user(user.id)
    assert person is not None and person.id is not None
    reached = {"email": after.mail, "mobile": after.mobile}
    if any(getattr(person, name) != value for name, value in reached.items()):
        write_person(tx, person, person.version, reached, actor, now)
    _belong(tx, known, person.id, planned, actor, now)


def _belong(tx: Transaction, known: Known, person_id: int, planned: PlannedPerson, actor: Actor, now: datetime) -> None:
    """To these teams and this department from now on."""
    wanted = planned.after.teams | planned.after.department
    before = planned.before.teams | planned.before.department if planned.before else frozenset()
    if wanted == before:
        return
    store = MemberStore(tx)
    for each in store.search(person_id=person_id):
        if each.unit_id in before - wanted and (each.until is None or each.until > now):
            end_now(tx, each, actor, now)
    for unit_id in sorted(wanted - before):
        store.add(Membership(unit_id, person_id, now))
        AuditLog(tx).add(now, actor.name, "member.add", f"unit:{unit_id}", f"{person_id} {planned.after.name}")


def _decide(tx: Transaction, exchange: Exchange, plan: Plan, actor: Actor, now: datetime) -> None:
    """All operators in one decision. Raises Faults for what the settings do not take."""
    lines = {key_of(each.after.extension): each.line for each in plan.people if each.operator is not None}
    wanted = {key_of(each.after.extension): each.operator for each in plan.people if each.operator is not None}
    if not wanted:
        return
    try:
        decide(tx, exchange.in_force.layers, actor, wanted, now)
    except WrongSettings as error:
        wrong = [".".join(place.split(".")[:2]) for place in error.problems]
        raise Faults([Fault(lines.get(key, 0), "", RowProblem.NOT_TAKEN, key) for key in wrong]) from None


def _new_phones(exchange: Exchange, known: Known, plan: Plan) -> Mapping[str, str]:
    """Passwords of the phones that were not there before, by extension."""
    new = [each.after.extension for each in plan.people if each.operator is not None]
    new = [each for each in new if each not in known.settings.operators]
    return give_phone_passwords(exchange.secrets, new) if new else {}
