"""Operators who stand in the settings become persons, and have their extension as long as they stand there."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import datetime

from hotline.domain.people import NOBODY_KNOWN
from hotline.domain.staff.records import Person, Tenure
from hotline.services.staff.tenures import end_tenure, give_extension
from hotline.settings.calls import Operator
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.staff.spans import TenureStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction

#: Who writes what follows from the settings.
SETTINGS = "settings"


def needs_sync(tx: Transaction, operators: Mapping[str, Operator]) -> bool:
    """Whether `sync_operators` would change anything: asked without the writer's lock."""
    return bool(_gone(tx, operators) or _wanted(tx, operators))


def sync_operators(tx: Transaction, operators: Mapping[str, Operator], now: datetime) -> int:
    """Each extension is from now on that of the account that has it; without one, of the person whom the settings
    name. Another name means another person: what was done before stays the former's. An extension that the settings
    have no more is nobody's. How many extensions have changed hands; doing it again changes nothing."""
    gone = _gone(tx, operators)
    for tenure in gone:
        end_tenure(tx, tenure, now)
    wanted = _wanted(tx, operators)
    # Whoever moves to another desk leaves theirs first, so that two may swap.
    for extension in wanted:
        for tenure in TenureStore(tx).search(extension=extension):
            if tenure.until is None:
                end_tenure(tx, tenure, now)
    for extension, name in wanted.items():
        person_id = _person(tx, extension, name, now)
        give_extension(tx, person_id, extension, now)
        AuditLog(tx).add(now, SETTINGS, "extension.change", f"person:{person_id}", extension)
    return len(gone) + len(wanted)


def _gone(tx: Transaction, operators: Mapping[str, Operator]) -> list[Tenure]:
    return [each for each in TenureStore(tx).search() if each.until is None and each.extension not in operators]


def _wanted(tx: Transaction, operators: Mapping[str, Operator]) -> dict[str, str]:
    """The name by extension, of those that somebody else has, or nobody."""
    accounts = {user.extension: user.id for user in UserStore(tx).all() if user.extension}
    people = {person.id: person for person in StaffStore(tx).all(active_only=False)}
    holders = {each.extension: people.get(each.person_id) for each in TenureStore(tx).search() if each.until is None}
    return {
        extension: operator.name
        for extension, operator in operators.items()
        if not _is(holders.get(extension), accounts.get(extension), operator.name)
    }


def _is(holder: Person | None, account: int | None, name: str) -> bool:
    """Where an account has the extension, the account says who it is, whatever the settings call them."""
    if holder is None:
        return False
    return holder.user_id == account if account is not None else holder.name == name


def _person(tx: Transaction, extension: str, name: str, now: datetime) -> int:
    """Whoever has the extension's account; else the only one of that name who is here and has neither account nor
    extension; else somebody new."""
    staff = StaffStore(tx)
    account = next((user for user in UserStore(tx).all() if user.extension == extension), None)
    if account is not None and account.id is not None:
        new = Person(account.display_name, user_id=account.id, active=account.active)
        found = staff.person_of_user(account.id)
    else:
        new = Person(name)
        found = _free(tx, name)
    person = found or staff.add_person(dataclasses.replace(new, updated_at=now, updated_by=SETTINGS))
    return person.id or NOBODY_KNOWN


def _free(tx: Transaction, name: str) -> Person | None:
    """Whoever lost their extension in an account must not have it again by their name."""
    holding = {each.person_id for each in TenureStore(tx).search() if each.until is None}
    people = StaffStore(tx).all()
    found = [each for each in people if each.name == name and each.user_id is None and each.id not in holding]
    return found[0] if len(found) == 1 else None
