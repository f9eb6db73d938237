"""Before something leaves that holds everybody's data, whoever is signed in shows once more that it is they."""

from __future__ import annotations

from flask_login import current_user

from hotline.domain.errors import Refused
from hotline.domain.sign_in.second_factor import is_from_phone, plain_code
from hotline.services.accounts.accounts import Attempt
from hotline.services.sign_in import by_directory, ldap, outside, second_factor
from hotline.web.accounts import devices
from hotline.web.kit import limits
from hotline.web.kit.context import web


def comes_from_provider() -> bool:
    """Whether they sign in at the company's provider: they need have no password that we could ask for."""
    context = web()
    binding = outside.binding_of(context.storage, current_user.user)
    return binding is not None and binding.provider != ldap.provider_of(context.settings.sign_in.ldap)


def has_code() -> bool:
    """Whether a code of their second factor counts here. One that was set up in this very session does not: whoever
    found the browser open could have done so."""
    since, begun = current_user.user.second_factor_at, current_user.since
    return since is not None and begun is not None and since < begun


def require_password_again(typed: str) -> None:
    """The password as at the sign-in: guesses are counted and written down, and the directory is asked where the
    password is its. Whoever comes from the company's provider may show a code of their second factor instead. Raises
    Refused for another one, TooFast, DirectoryAway."""
    context, user = web(), current_user.user
    if not typed:
        raise Refused("accounts.password_again", field="password")
    if is_from_phone(plain_code(typed)) and comes_from_provider():
        if not has_code():
            raise Refused("accounts.second_factor_first", field="password")
        key = context.secrets.second_factor_key
        if not second_factor.prove(context.storage, key, user, typed, limits.address(), context.now()):
            raise Refused("sign_in.wrong_code", field="password")
        return
    attempt = Attempt(user.username, typed, limits.address(), devices.known_to)
    found = by_directory.sign_in(
        context.storage, context.settings.sign_in, context.settings.operators, attempt, context.now()
    )
    if found is None or found.id != user.id:
        raise Refused("accounts.wrong_password", field="password")
