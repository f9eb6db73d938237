"""What the record of a call is called on the screens: its fields, and what can be wrong with one."""

from __future__ import annotations

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from hotline.services.errors import WrongFields
from hotline.web.context import web

FIELDS: dict[str, LazyString] = {
    "customer_id": _("Customer"),
    "caller_name": _("Caller's name"),
    "callback_number": _("Number to call back"),
    "region": _("Region"),
    "address": _("Address"),
    "category": _("Category"),
    "content": _("Content"),
    "handling": _("Handling"),
    "solved": _("Solved"),
    "promise": _("Promised"),
    "promise_due_at": _("Promised by"),
    "follow_up_person": _("Follow-up person"),
    "complaint": _("Complaint"),
    "title": _("Title"),
    "reason": _("Reason"),
    "result": _("Result"),
    "number": _("Number"),
    "note": _("Note"),
}

_PROBLEMS: dict[str, LazyString] = {
    "required": _("This is needed."),
    "too_long": _("At most 10,000 characters."),
    "unknown_category": _("There is no such category any more."),
    "unknown_field": _("There is no such field."),
    "unknown_customer": _("There is no such customer."),
    "not_a_choice": _("Please choose one of those offered."),
    "not_a_day": _("A day like 2026-11-22 was expected."),
    "not_a_number": _("A number was expected."),
    "not_a_phone": _("A telephone number with its area code was expected."),
}


def field_name(field: str) -> str:
    """The field's name; of a further one ("fields.<id>") as the category calls it."""
    if field.startswith("fields."):
        wanted = field.removeprefix("fields.")
        for category in web().settings.categories.values():
            if wanted in category.fields:
                return category.fields[wanted].label
        return wanted
    return str(FIELDS.get(field, field))


def errors_of(error: WrongFields) -> list[dict[str, str]]:
    """Each wrong field with what is wrong, in words."""
    return [{"field": field, "message": str(_PROBLEMS.get(code, code))} for field, code in error.problems.items()]


def missing_words(fields: list[str]) -> str:
    """"Content, Solved": what is still missing, as one line."""
    return gettext(", ").join(field_name(field) for field in fields)
