"""The error tree: what can go wrong, once. The class says what kind it is, which hotline.web maps to HTTP in one place;
the code says exactly what, and refusals.py in hotline.web.<feature> holds the words for it."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.domain.reasons import Coded, Value


class HotlineError(Coded):
    """Something a person has to be told. `kind` is stable as `code` is, and the same for all that is answered alike."""

    kind = "error"


class NotFound(HotlineError):
    kind = "not_found"


class Refused(HotlineError):
    """The input breaks a rule or makes no sense."""

    kind = "refused"


#: What can be wrong with a field of a record; the words for each are those of the code "forms.<problem>".
FIELD_PROBLEMS = frozenset(
    {
        "in_the_past",
        "required",
        "too_far",
        "too_long",
        "unknown_category",
        "retired_category",
        "unknown_field",
        "unknown_customer",
        "not_a_choice",
        "not_a_day",
        "not_a_number",
        "not_a_phone",
    }
)


class WrongFields(Refused):
    """Some fields of a record do not fit. `problems`: each by its name, with what is wrong, of FIELD_PROBLEMS."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("forms.wrong_fields", fields=tuple(problems))
        self.problems = dict(problems)


class UnfinishedForms(HotlineError):
    """B1: more calls are still to be written up than may be; nobody is ready before they are."""

    kind = "unfinished_forms"


class PhoneHoldsItself(HotlineError):
    """Only the phone itself can put its caller on hold: by its key, or in the browser."""

    kind = "phone_holds_itself"


class Conflict(HotlineError):
    """What was to be added is there already: somebody else was quicker."""

    kind = "conflict"


class Outdated(Conflict):
    """Somebody else has changed the record meanwhile. `current`: what it is now, as JSON holds it (None: the answer
    does not say)."""

    def __init__(self, code: str, /, *, current: object = None, field: str = "", **values: Value) -> None:
        super().__init__(code, field=field, **values)
        self.current = current


class Forbidden(HotlineError):
    kind = "forbidden"


class PbxError(HotlineError):
    """Asterisk did not do what was asked: away, too late, or refused."""

    kind = "pbx"


class NoticeError(HotlineError):
    """A message could not be sent."""

    kind = "notice"


class StoreUnavailable(HotlineError):
    """The recordings' store is away, full or refuses; nothing is lost by trying later."""

    kind = "store"


class Busy(HotlineError):
    """It would take too much of the machine now, beside what others ask for; later, or asked for less, it goes."""

    kind = "busy"


class StorageError(HotlineError):
    """The database is away, too busy, or refused; trying again later may help."""

    kind = "storage"
