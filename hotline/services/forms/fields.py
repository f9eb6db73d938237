"""Which fields of a log form may and must be filled in, by the categories of the settings (B3, B9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from hotline.domain import numbers
from hotline.domain.customers.customer import split_extension
from hotline.domain.errors import WrongFields
from hotline.domain.forms.form import WRITTEN_FIELDS, CallForm, missing_fields
from hotline.domain.text import clean
from hotline.domain.wall_time import YEARS
from hotline.services.shown import place_of
from hotline.settings import Settings
from hotline.settings.console import Category, ExtraField, is_retired

MAX_TEXT = 10_000
#: Of a promise, a callback, a visit: more years ahead are a slip of the pen, and their working time would be counted.
_FARTHEST = timedelta(days=3 * 366)

#: Fields of several lines; the others are one.
LINES = ("content", "handling", "promise")
_TEXTS = ("caller_name", "callback_number", "region", "address", "category", "follow_up_person", *LINES)

#: "-12.5"; no more digits than anybody writes.
_NUMBER = re.compile(r"^[+-]?[0-9]{1,15}([.,][0-9]{1,6})?$")


def written(form: CallForm, changes: Mapping[str, Any], settings: Settings) -> CallForm:
    """`form` with these of its fields written; of `fields` only those that are given. Raises WrongFields.

    A draft need not be complete: that is asked when the form is done.
    """
    problems: dict[str, str] = {}
    values: dict[str, Any] = {}
    for name, value in changes.items():
        if name not in WRITTEN_FIELDS:
            problems[name] = "unknown_field"
        elif name in _TEXTS:
            values[name] = _text(name, value, problems)
        elif name != "fields":
            values[name] = value
    chosen = values.get("category")
    if chosen and chosen not in settings.categories:
        problems["category"] = "unknown_category"
    elif chosen and chosen != form.category and is_retired(settings.categories, chosen):
        problems["category"] = "retired_category"
    if "callback_number" in values:
        values["callback_number"] = _callback_number(values["callback_number"], form)
    extra = _extra(changes.get("fields") or {}, settings, problems)
    if problems:
        raise WrongFields(problems)
    if extra:
        values["fields"] = {name: text for name, text in {**form.fields, **extra}.items() if text}
    if values.get("promise_due_at", form.promise_due_at) != form.promise_due_at:
        values["promise_kept_at"] = None  # another promise than the one that was kept
    return replace(form, **values)


def require_ahead(field: str, due_at: datetime | None, now: datetime) -> None:
    """B6: nobody promises for a moment that is over, or that nobody here will see. Raises WrongFields."""
    if due_at is not None and due_at <= now:
        raise WrongFields({field: "in_the_past"})
    if due_at is not None and due_at > now + _FARTHEST:
        raise WrongFields({field: "too_far"})


def with_place(form: CallForm) -> CallForm:
    """With the region as written, else where the number is from (归属地, offline)."""
    return form if form.region is not None else replace(form, region=place_of(form.number))


def missing(form: CallForm, settings: Settings) -> list[str]:
    """What the form's category still asks for; "fields.<id>" for its further fields."""
    category = settings.categories.get(form.category)
    if category is None:
        return missing_fields(replace(form, category=""), (), ())
    return missing_fields(form, category.required, _required_extra(category))


def required(form: CallForm, settings: Settings) -> list[str]:
    """All that the form's category asks for."""
    category = settings.categories.get(form.category)
    return (
        ["category"]
        if category is None
        else ["category", *category.required, *(f"fields.{name}" for name in _required_extra(category))]
    )


def completed(form: CallForm, settings: Settings) -> CallForm:
    """The form as it is done: without what was written for a category that it was not in the end. Raises WrongFields
    with everything that is missing."""
    lacking = missing(form, settings)
    if lacking:
        raise WrongFields(dict.fromkeys(lacking, "required"))
    own = settings.categories[form.category].fields
    return replace(form, fields={name: text for name, text in form.fields.items() if name in own})


def _required_extra(category: Category) -> list[str]:
    return [name for name, extra in category.fields.items() if extra.required]


def _text(name: str, value: str | None, problems: dict[str, str]) -> str | None:
    text = clean(value or "", several_lines=name in LINES)
    if len(text) > MAX_TEXT:
        problems[name] = "too_long"
    return None if name == "region" and value is None else text


def _callback_number(text: str, form: CallForm) -> str:
    """A whole number is kept as one; half a number while it is written, and one with an extension, stay as they
    stand."""
    meant = meant_number(text, form)
    number, extension = split_extension(meant)
    return meant if extension else numbers.normalise(number) or meant


def meant_number(text: str, form: CallForm) -> str:
    """Whoever sees a number of the record masked sends it back masked: that is the same number still (A14)."""
    known = (form.callback_number, form.number)
    return next((number for number in known if number and text.strip() == numbers.mask(number)), text)


def _extra(given: Mapping[str, str], settings: Settings, problems: dict[str, str]) -> dict[str, str]:
    """Further fields of any category: a draft may still change its own."""
    known: dict[str, list[ExtraField]] = {}
    for category in settings.categories.values():
        for name, extra in category.fields.items():
            known.setdefault(name, []).append(extra)
    cleaned: dict[str, str] = {}
    for name, value in given.items():
        if name not in known:
            problems[f"fields.{name[:40]}"] = "unknown_field"
            continue
        text = clean(value, several_lines=any(extra.kind == "lines" for extra in known[name])).strip()
        found = {_problem(text, extra) for extra in known[name]} if text else {""}
        if "" not in found:
            problems[f"fields.{name}"] = min(found)
        cleaned[name] = text
    return cleaned


def _problem(text: str, extra: ExtraField) -> str:
    """What is wrong with this text as a value of that field; "" for nothing."""
    if len(text) > MAX_TEXT:
        return "too_long"
    if extra.kind == "choice" and text not in extra.choices:
        return "not_a_choice"
    if extra.kind == "date" and not _is_day(text):
        return "not_a_day"
    return "not_a_number" if extra.kind == "number" and not _NUMBER.match(text) else ""


#: A field may ask for the day somebody was born on.
_FIRST_YEAR = 1900


def _is_day(text: str) -> bool:
    try:
        return _FIRST_YEAR <= date.fromisoformat(text).year < YEARS.stop
    except ValueError:
        return False
