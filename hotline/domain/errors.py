"""The error tree: what can go wrong, once, with a stable code; hotline.web maps it to HTTP in one place."""

from __future__ import annotations

from collections.abc import Mapping


class HotlineError(Exception):
    """Something a person has to be told. `code` is stable; the message says what to do."""

    code = "error"


class NotFound(HotlineError):
    code = "not_found"


class Refused(HotlineError):
    """The input breaks a rule or makes no sense; the message says which and what was expected."""

    code = "refused"


class WrongFields(Refused):
    """Some fields of a record do not fit. `problems`: each by its name, with what is wrong as a code: required,
    too_long, unknown_category, unknown_field, unknown_customer, not_a_choice, not_a_day, not_a_number, not_a_phone."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {code}" for field, code in problems.items()))
        self.problems = dict(problems)


class UnfinishedForms(HotlineError):
    """B1: more calls are still to be written up than may be; nobody is ready before they are."""

    code = "unfinished_forms"


class PhoneHoldsItself(HotlineError):
    """Only the phone itself can put its caller on hold: by its key, or in the browser."""

    code = "phone_holds_itself"


class Conflict(HotlineError):
    """What was to be added is there already: somebody else was quicker."""

    code = "conflict"


class Outdated(Conflict):
    """Somebody else has changed the record meanwhile. `current`: what it is now, as JSON holds it (None: the answer
    does not say)."""

    def __init__(self, message: str, current: object = None) -> None:
        super().__init__(message)
        self.current = current


class Forbidden(HotlineError):
    code = "forbidden"


class PbxError(HotlineError):
    """Asterisk did not do what was asked: away, too late, or refused."""

    code = "pbx"


class NoticeError(HotlineError):
    """A message could not be sent."""

    code = "notice"


class StoreUnavailable(HotlineError):
    """The recordings' store is away, full or refuses; nothing is lost by trying later."""

    code = "store"


class StorageError(HotlineError):
    """The database is away, too busy, or refused; trying again later may help."""

    code = "storage"
