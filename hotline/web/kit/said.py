"""What is said of a refusal in the language of the request."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import flash
from flask_babel import gettext
from wtforms import Form

from hotline.domain.errors import Conflict, Forbidden, HotlineError, NotFound, Refused
from hotline.domain.reasons import Coded, Reason
from hotline.web.kit.refusals.registry import say


def said(told: Coded | Reason) -> str:
    """The words for its code, with its values."""
    return say(told, gettext)


def in_words(reason: Reason | None) -> str:
    """For templates; "" for none."""
    return said(reason) if reason else ""


def changed_meanwhile() -> str:
    """At each field that two people changed: the second one's stands in the form."""
    return gettext("Somebody else has changed this meanwhile. Save again if what you entered is to hold.")


def at_field(form: Form, error: HotlineError, otherwise: str, fields: Mapping[str, str] | None = None) -> None:
    """Put the words at the field that the error is about, or at the field `otherwise`. `fields`: the form's names of
    fields that are called otherwise in it."""
    name = (fields or {}).get(error.field, error.field)
    form[name if name in form else otherwise].errors = [said(error)]


class flashed:
    """What is refused within is said at the top of the page that follows; `otherwise` is done then."""

    def __init__(self, otherwise: Callable[[], object] | None = None) -> None:
        self._otherwise = otherwise

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> bool:
        if not isinstance(error, Refused | Conflict | Forbidden | NotFound):
            return False
        flash(said(error), "bad")
        if self._otherwise is not None:
            self._otherwise()
        return True
