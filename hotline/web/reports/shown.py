"""Figures as the pages show them: with their unit, how many they were taken of, and how they moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import LazyString, get_locale, gettext
from flask_babel import lazy_gettext as _

from hotline.domain.operators.presence import PAUSED_BY_SUPERVISOR
from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.figure import Better, How, Text, Unit, is_better
from hotline.domain.reports.scope import CASE_AGES, Axis, Value
from hotline.services.reports.report_pages import SeenReport
from hotline.web.cases.labels import SEVERITIES
from hotline.web.deadlines.labels import CLOCKS
from hotline.web.kit.formats import duration
from hotline.web.line.labels import WEEKDAYS

#: Axes of which one part can be asked for, under the axis's own name.
_NARROWING = frozenset(
    {
        Axis.LINE,
        Axis.QUEUE,
        Axis.PERSON,
        Axis.SUBJECT,
        Axis.REGION,
        Axis.DEPARTMENT,
        Axis.MENU,
        Axis.MENU_CHOICE,
        Axis.MENU_VERSION,
    }
)

#: What keys are called that are the same everywhere.
_WORDS: Mapping[Axis, Mapping[str, str | LazyString]] = {
    Axis.SEVERITY: {code.value: label.text for code, label in SEVERITIES.items()},
    Axis.CLOCK: {str(clock): label.text for clock, label in CLOCKS.items()},
    Axis.PAUSE_REASON: {PAUSED_BY_SUPERVISOR: _("by a supervisor")},
    Axis.CASE_AGE: dict(
        zip(CASE_AGES, (_("less than 3 days"), _("3 to 7 days"), _("8 to 30 days"), _("31 days and more")), strict=True)
    ),
}

#: What the rows behind a figure are.
KINDS = {
    "call": _("Call"),
    "callback": _("Callback"),
    "case": _("Case"),
    "rating": _("Rating"),
    "visit": _("Visit"),
    "form": _("Log form"),
    "examination": _("Examination"),
    "finding": _("Finding"),
    "call_score": _("Score"),
    "line_test": _("Line test"),
    "dial": _("Dialled call"),
    "day": _("Day"),
}


def said(text: Text) -> str:
    locale = get_locale()
    return text.zh if locale is None or locale.language == "zh" else text.en


@dataclass(frozen=True, slots=True)
class Moved:
    """`text`: the difference with its sign; `word`: better, worse, or "". `tone`: how it is coloured."""

    text: str
    word: str = ""
    tone: str = ""


def shown(name: str, value: Value) -> str:
    """ "–" where there is nothing to take it of, and that it is not enough where there is too little."""
    if FIGURES[name].taken.how is How.KAPPA and value.value is None and value.of:
        return gettext("not enough")
    return amount_shown(FIGURES[name].unit, value.value)


def amount_shown(unit: Unit, value: float | None) -> str:
    """ "–" for none."""
    return "–" if value is None else _amount(unit, value)


def of_how_many(name: str, value: Value) -> int | None:
    """How many a rate was taken of; None for what is a count itself."""
    return None if FIGURES[name].taken.how in (How.SUM, How.STOCK, How.DISTINCT, How.PEAK) else value.of


def moved(name: str, now: Value, before: Value) -> Moved:
    return moved_in(FIGURES[name].unit, FIGURES[name].better, now, before)


def moved_in(unit: Unit, direction: Better, now: Value, before: Value) -> Moved:
    if now.value is None or before.value is None:
        return Moved("–")
    difference = now.value - before.value
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    amount = _points(abs(difference)) if unit is Unit.PERCENT else _amount(unit, abs(difference))
    better = is_better(direction, now.value, before.value)
    if better is None:
        return Moved(f"{sign}{amount}")
    return Moved(f"{sign}{amount}", gettext("better") if better else gettext("worse"), "ok" if better else "bad")


def key_shown(axis: Axis, key: str, names: Mapping[Axis, Mapping[str, str]]) -> str:
    """What a part along the axis is called."""
    if axis is Axis.WEEKDAY and key.isdigit():
        return str(WEEKDAYS[int(key) - 1])
    if axis is Axis.HOUR_OF_WEEK and "-" in key:
        weekday, _dash, time = key.partition("-")
        return f"{WEEKDAYS[int(weekday) - 1]} {time}"
    words = _WORDS.get(axis, {}).get(key)
    return str(words) if words else names.get(axis, {}).get(key, key) or gettext("none")


def part_shown(seen: SeenReport, key: str) -> str:
    """What a part of the report along its axis is called."""
    if seen.by is Axis.CASE_KIND and key in seen.kinds:
        return seen.kinds[key].said(str(get_locale() or "zh"))
    return key_shown(seen.by, key, seen.names)


def narrowed_by(axis: Axis, key: str) -> dict[str, Any]:
    """What of an address asks for this part alone; {} where none can."""
    if axis is Axis.DAY:
        return {"period": "days", "since": key, "until": key}
    if axis is Axis.WEEK:
        monday = date.fromisocalendar(int(key[:4]), int(key[6:]), 1)
        return {"period": "days", "since": monday.isoformat(), "until": (monday + timedelta(days=6)).isoformat()}
    return {axis.value: key} if axis in _NARROWING and key else {}


def _points(difference: float) -> str:
    return gettext("%(n)s percentage points", n=f"{round(difference, 1):g}")


def _amount(unit: Unit, value: float) -> str:
    match unit:
        case Unit.PERCENT:
            return f"{round(value, 1):g} %"
        case Unit.SECONDS:
            return duration(value)
        case Unit.COUNT:
            return f"{round(value)}"
        case _:
            return f"{round(value, 2):g}"
