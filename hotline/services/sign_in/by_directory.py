"""From a name and a password on our page to a person here, by the company's directory."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime

from hotline.domain.accounts.user import User
from hotline.services.accounts import accounts
from hotline.services.accounts.accounts import Attempt
from hotline.services.sign_in import ldap, outside
from hotline.settings.sign_in import SignInSettings
from hotline.storage.transaction import Storage


def sign_in(
    storage: Storage, rules: SignInSettings, operators: Container[str], attempt: Attempt, now: datetime
) -> User | None:
    """As `accounts.sign_in`, and the directory is asked where there is one. Raises DirectoryAway, Refused, Conflict and
    TooFast."""

    def elsewhere(username: str, password: str, user: User | None) -> User | None:
        return _person(storage, rules, operators, attempt.address, now, username, password, user)

    return accounts.sign_in(storage, attempt, now, elsewhere, rules.may_locally)


def _person(
    storage: Storage,
    rules: SignInSettings,
    operators: Container[str],
    address: str,
    now: datetime,
    username: str,
    password: str,
    user: User | None,
) -> User | None:
    """Who that is here; None for nobody. `user`: who has the name here.

    An account here that is bound to nobody in the directory is not opened by a namesake's password there; the directory
    is asked all the same, with another password, so that the time taken does not tell which accounts those are. Raises
    DirectoryAway, and Refused: for whoever has no role here."""
    if not rules.ldap.host:
        return None
    if user is not None and not _is_bound(storage, rules, user):
        ldap.look_in_vain(rules.ldap, username)
        return None
    found = ldap.vouched(rules.ldap, username, password)
    return outside.enter(storage, found, rules.groups, operators, address, now) if found else None


def _is_bound(storage: Storage, rules: SignInSettings, user: User) -> bool:
    binding = outside.binding_of(storage, user)
    return binding is not None and binding.provider == ldap.provider_of(rules.ldap)
