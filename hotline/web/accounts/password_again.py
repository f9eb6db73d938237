"""Before something leaves that holds everybody's data, whoever is signed in shows once more that it is they."""

from __future__ import annotations

from flask_login import current_user

from hotline.domain.errors import Refused
from hotline.services.accounts.accounts import Attempt
from hotline.services.sign_in import by_directory
from hotline.web.accounts import devices
from hotline.web.kit import limits
from hotline.web.kit.context import web


def require_password_again(typed: str) -> None:
    """As at the sign-in: guesses are counted and written down, and the directory is asked where the password is its.
    Raises Refused for another one, TooFast, DirectoryAway."""
    context, user = web(), current_user.user
    if not typed:
        raise Refused("accounts.password_again", field="password")
    attempt = Attempt(user.username, typed, limits.address(), devices.known_to)
    found = by_directory.sign_in(
        context.storage, context.settings.sign_in, context.settings.operators, attempt, context.now()
    )
    if found is None or found.id != user.id:
        raise Refused("accounts.wrong_password", field="password")
