"""From a company's account to a person here: who is bound to whom, and the roles that follow from groups."""

from __future__ import annotations

import dataclasses
from collections.abc import Container
from datetime import datetime

from hotline.domain.accounts.user import User
from hotline.domain.errors import Conflict, NotFound, Refused
from hotline.domain.people import Role
from hotline.domain.sign_in.outside import Outside, plain_mail, roles_of, username_from
from hotline.domain.text import one_line
from hotline.services.accounts import users
from hotline.services.accounts.account_rules import MAX_NAME
from hotline.services.accounts.accounts import new_user, store_user
from hotline.services.accounts.passwords import generate_password, hash_password
from hotline.settings.sign_in import RoleGroups
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.sign_in.outside import Binding, OutsideStore
from hotline.storage.transaction import Storage, Transaction

_LONGEST = 254


def enter(
    storage: Storage, outside: Outside, groups: RoleGroups, operators: Container[str], address: str, now: datetime
) -> User:
    """The person here whom this account of the company belongs to, with the roles that their groups give them now; a
    new one where there is none. Where groups are named in the settings, nobody comes in without one.

    Raises Refused, which the audit log has then."""
    try:
        roles = roles_of(outside.groups, groups.by_role)
        if not roles and groups.any_named:
            raise Refused("sign_in.no_role")
        user = _bound(storage, outside, now)
        if user is None:
            return _new(storage, outside, roles, operators, now)
        if not user.may_enter(now):
            raise Refused("sign_in.account_off")
        return _with_roles(storage, user, roles or user.roles, operators, outside.provider, now)
    except (Conflict, Refused) as error:
        who = username_from(outside.username) or "?"
        with storage.writing() as tx:
            AuditLog(tx).add(now, who, "sign_in.refused", f"user:{who}", f"{address} {outside.provider} {error.code}")
        raise


def expect(storage: Storage, username: str, provider: str, known_by: str, by: str, now: datetime) -> None:
    """Bind somebody's account to one of the company: by the mail address that the provider has verified, or by what the
    provider calls them for good (its subject). Raises NotFound, Refused, and Conflict where it is somebody else's."""
    said = one_line(known_by)
    if not said or len(said) > _LONGEST:
        raise Refused("sign_in.known_by", most=_LONGEST, field="known_by")
    mail, subject = (plain_mail(said), None) if "@" in said else (None, said)
    with storage.writing() as tx:
        user_id = _id_of(tx, username)
        store = OutsideStore(tx)
        taken = store.expected(provider, mail) if mail else [store.by_subject(provider, said)]
        if any(each is not None and each.user_id != user_id for each in taken):
            raise Conflict("sign_in.bound_to_another", known_by=said)
        store.add(Binding(user_id, provider, subject, mail, now, by))
        AuditLog(tx).add(now, by, "outside.bind", f"user:{username}", f"{provider}: {said}")


def unbind(storage: Storage, username: str, by: str, now: datetime) -> None:
    """From now on no account of the company leads to this person. Raises NotFound."""
    with storage.writing() as tx:
        user_id = _id_of(tx, username)
        if OutsideStore(tx).of_user(user_id) is None:
            raise NotFound("sign_in.not_bound", username=username)
        OutsideStore(tx).remove(user_id)
        AuditLog(tx).add(now, by, "outside.unbind", f"user:{username}")


def binding_of(storage: Storage, user: User) -> Binding | None:
    assert user.id is not None
    with storage.reading() as tx:
        return OutsideStore(tx).of_user(user.id)


def _bound(storage: Storage, outside: Outside, now: datetime) -> User | None:
    """By subject; at the first time by the mail address that an administrator has named."""
    nobodys = hash_password(generate_password())  # before the transaction
    with storage.writing() as tx:
        store = OutsideStore(tx)
        found = store.by_subject(outside.provider, outside.subject)
        if found is None and outside.mail:
            expected = store.expected(outside.provider, plain_mail(outside.mail))
            if len(expected) == 1 and store.come(expected[0].user_id, outside.subject):
                found = expected[0]
                _note_bound(tx, found.user_id, outside, now)
        if found is None:
            return None
        store.seen(found.user_id, now)
        user = UserStore(tx).by_id(found.user_id)
        if user is not None and user.must_change_password:
            UserStore(tx).lock()
            user = UserStore(tx).by_id(found.user_id)
        if user is not None and user.must_change_password:
            # They need no first password, and it must not stay with whoever has seen it.
            user = dataclasses.replace(user, password_hash=nobodys, must_change_password=False)
            UserStore(tx).update(user)
        return user


def _note_bound(tx: Transaction, user_id: int, outside: Outside, now: datetime) -> None:
    user = UserStore(tx).by_id(user_id)
    if user is not None:
        told = f"{outside.provider}: {outside.subject}"
        AuditLog(tx).add(now, outside.provider, "outside.bind", f"user:{user.username}", told)


def _new(storage: Storage, outside: Outside, roles: tuple[Role, ...], operators: Container[str], now: datetime) -> User:
    """Never by a name alone that somebody has here: whoever chooses names there would be whoever they like here."""
    if not roles:
        raise Refused("sign_in.no_role")
    username = username_from(outside.username) or users.free_username(storage, outside.name)
    made, _password = new_user(username, one_line(outside.name)[:MAX_NAME], roles, now)  # a password that nobody knows
    with storage.writing() as tx:
        if UserStore(tx).by_username(username) is not None:
            raise Conflict("sign_in.name_taken", username=username)
        stored = store_user(tx, dataclasses.replace(made, must_change_password=False), operators, now, outside.provider)
        assert stored.id is not None
        OutsideStore(tx).add(Binding(stored.id, outside.provider, outside.subject, None, now, outside.provider, now))
        _note_bound(tx, stored.id, outside, now)
    return stored


def _with_roles(
    storage: Storage, user: User, roles: tuple[Role, ...], operators: Container[str], by: str, now: datetime
) -> User:
    if set(roles) == set(user.roles):
        return user
    users.edit_user(
        storage, user.username, user.display_name, roles, user.extension, operators, now, by, user.expires_at
    )
    return users.user_of(storage, user.username)


def _id_of(tx: Transaction, username: str) -> int:
    user = UserStore(tx).by_username(username)
    if user is None or user.id is None:
        raise NotFound("accounts.no_user", username=username)
    return user.id
