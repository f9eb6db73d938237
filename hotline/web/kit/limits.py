"""Limits guessing in the web server: by account, address and known browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import request
from werkzeug.exceptions import HTTPException

from hotline.domain.accounts.attempts import Guessed
from hotline.services.accounts import attempts
from hotline.web.kit.context import web


def address() -> str:
    """Of whoever asks; behind proxies, what as many of them as are configured say."""
    return request.remote_addr or ""


@contextmanager
def guessing(what: Guessed, wrong: type[Exception] = HTTPException) -> Iterator[Callable[[], None]]:
    """Counts each `wrong` that is raised within, and each call of what is given, against the address. Too many of them
    are told to wait (TooFast); what is right is let in all the same."""

    def count() -> None:
        attempts.wrong(web().storage, what, address(), web().now())

    try:
        yield count
    except wrong:
        count()
        raise
