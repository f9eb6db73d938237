"""What is said of a refusal in the language of the request."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from flask import flash
from flask_babel import gettext
from wtforms import Form

from hotline.domain.reasons import Coded, Reason
from hotline.services.errors import Conflict, Forbidden, HotlineError, NotFound, Refused
from hotline.web.words.registry import say


def said(told: Coded | Reason) -> str:
    """The words for its code, with its values."""
    return say(told, gettext)


def at_field(form: Form, error: HotlineError, otherwise: str, fields: Mapping[str, str] | None = None) -> None:
    """Put the words at the field that the error is about, or at the field `otherwise`. `fields`: the form's names of
    fields that are called otherwise in it."""
    name = (fields or {}).get(error.field, error.field)
    form[name if name in form else otherwise].errors = [said(error)]


@contextmanager
def flashed(otherwise: Callable[[], object] | None = None) -> Iterator[None]:
    """What is refused within is said at the top of the page that follows; `otherwise` is done then."""
    try:
        yield
    except (Refused, Conflict, Forbidden, NotFound) as error:
        flash(said(error), "bad")
        if otherwise is not None:
            otherwise()
