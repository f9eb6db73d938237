"""Guessing is made slow: passwords by address and by name, tokens of the API by address. Counted in this process."""

from __future__ import annotations

from flask import Flask, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import parse
from werkzeug.exceptions import TooManyRequests

_BY_ADDRESS = "20 per minute"
_BY_NAME = "10 per minute"
_BAD_TOKENS = parse(_BY_ADDRESS)


def install(app: Flask) -> None:
    """Once the sign-in page is there."""
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://", default_limits=[])
    app.extensions["hotline_limiter"] = limiter
    view = app.view_functions["account.sign_in"]
    by_address = limiter.limit(_BY_ADDRESS, methods=["POST"])(view)
    app.view_functions["account.sign_in"] = limiter.limit(_BY_NAME, key_func=_name, methods=["POST"])(by_address)


def require_few_bad_tokens() -> None:
    """Raises TooManyRequests for an address that has sent too many tokens that are not valid."""
    if not _strategy().test(_BAD_TOKENS, *_key()):
        raise TooManyRequests("too many tokens that are not valid: wait a minute", retry_after=60)


def count_bad_token() -> None:
    _strategy().hit(_BAD_TOKENS, *_key())


def require_few_tries(what: str) -> None:
    """Raises TooManyRequests for an address that has tried too many links that do not exist."""
    if not _strategy().test(_BAD_TOKENS, what, get_remote_address()):
        raise TooManyRequests("too many links that do not exist: wait a minute", retry_after=60)


def count_try(what: str) -> None:
    _strategy().hit(_BAD_TOKENS, what, get_remote_address())


def _strategy():  # type: ignore[no-untyped-def]  # the library names no public type
    return current_app.extensions["hotline_limiter"].limiter


def _key() -> tuple[str, str]:
    return "bad_token", get_remote_address()


def _name() -> str:
    return "name:" + request.form.get("username", "")[:64].strip().lower()
