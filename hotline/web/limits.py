"""Guessing is made slow: passwords by address and by name, tokens of the API by address. Counted in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum

from flask import Flask, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import parse
from werkzeug.exceptions import HTTPException, TooManyRequests

_BY_ADDRESS = "20 per minute"
_BY_NAME = "10 per minute"
_WRONG_GUESSES = parse(_BY_ADDRESS)


def install(app: Flask) -> None:
    """Once the sign-in page is there."""
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://", default_limits=[])
    app.extensions["hotline_limiter"] = limiter
    view = app.view_functions["account.sign_in"]
    by_address = limiter.limit(_BY_ADDRESS, methods=["POST"])(view)
    app.view_functions["account.sign_in"] = limiter.limit(_BY_NAME, key_func=_name, methods=["POST"])(by_address)


class Guessed(Enum):
    """What somebody without an account may try to guess, as they are told of it."""

    TOKEN = "tokens that are not valid"
    LINK = "links that do not exist"


@contextmanager
def guessing(what: Guessed, wrong: type[Exception] = HTTPException) -> Iterator[Callable[[], None]]:
    """Counts each `wrong` that is raised within, and each call of what is given, against the address. Raises
    TooManyRequests at once for an address that has guessed wrong too often."""
    strategy, key = current_app.extensions["hotline_limiter"].limiter, (what.name, get_remote_address())
    if not strategy.test(_WRONG_GUESSES, *key):
        raise TooManyRequests(f"too many {what.value}: wait a minute", retry_after=60)

    def count() -> None:
        strategy.hit(_WRONG_GUESSES, *key)

    try:
        yield count
    except wrong:
        count()
        raise


def _name() -> str:
    return "name:" + request.form.get("username", "")[:64].strip().lower()
