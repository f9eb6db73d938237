"""Flask-Login, as far as hotline/web uses it, with this program's own user."""

from collections.abc import Callable

from flask import Flask

from hotline.web.accounts.sessions import SignedIn

class UserMixin:
    @property
    def is_authenticated(self) -> bool: ...
    def get_id(self) -> str: ...

class LoginManager:
    session_protection: str | None
    def __init__(self, app: Flask | None = None) -> None: ...
    def user_loader(self, callback: Callable[[str], SignedIn | None]) -> Callable[[str], SignedIn | None]: ...

def login_user(user: SignedIn) -> bool: ...
def logout_user() -> bool: ...

# Of somebody who is not signed in there is is_authenticated alone: it is asked first, or the guard of the page has.
current_user: SignedIn
