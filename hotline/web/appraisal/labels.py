"""The words for what the appraisal names by codes, and how its figures are said."""

from __future__ import annotations

from flask import Flask
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _

from hotline.domain.appraisal.consequences import Band, Consequence, Follows
from hotline.domain.appraisal.month import MonthState
from hotline.domain.appraisal.objection import ObjectionDecision
from hotline.domain.appraisal.scheme import Measure, ScoredItem
from hotline.domain.cases.kind import Words
from hotline.web.kit.formats import duration
from hotline.web.kit.labels import Label

BANDS = {
    Band.AWARD: Label(_("can win"), "ok"),
    Band.USUAL: Label(_("as usual"), "info"),
    Band.LOW: Label(_("low"), "wait"),
    Band.BAD: Label(_("very low"), "warn"),
    Band.WORST: Label(_("lowest"), "bad"),
}

STATES = {
    MonthState.OPEN: Label(_("not signed"), "muted"),
    MonthState.SIGNED: Label(_("signed"), "wait"),
    MonthState.CLOSED: Label(_("month closed"), "ok"),
}

DECISIONS = {
    ObjectionDecision.GRANTED: Label(_("granted: the item is left out"), "ok"),
    ObjectionDecision.REJECTED: Label(_("rejected: the figure stays"), "muted"),
}

FOLLOWS = {
    Follows.AWARD: Label(_("Award for the team"), "ok"),
    Follows.FINE_BAD: Label(_("Fine for who leads it"), "warn"),
    Follows.FINE_WORST: Label(_("Fine for who leads it"), "bad"),
    Follows.LEADER_CHANGED: Label(_("Leader changed, a week of coaching, fine"), "bad"),
    Follows.LASTING_LAST: Label(_("Last for months: the managers above are dealt with"), "bad"),
    Follows.FALSIFIED: Label(_("Falsified data: handed to the company"), "bad"),
}

#: Of what rows are.
ROW_KINDS = {
    "examination": _("Examination"),
    "call": _("Call"),
    "case": _("Case"),
    "record": _("Record"),
    "callback": _("Callback"),
    "promise": _("Promise"),
    "shift": _("Shift"),
    "visit": _("Visit"),
    "missed_start": _("Late start or empty shift"),
    "verdict": _("Verdict"),
}


def value_said(item: ScoredItem, value: float | None) -> str:
    """A figure of a card in its unit; "–" for nothing to measure."""
    if value is None:
        return "–"
    if item.measure.in_percent:
        return f"{value:g} %"
    return duration(value) if item.measure is Measure.AVERAGE_TALK else f"{value:g}"


def sample_said(item: ScoredItem, of: float) -> str:
    """Of how many; "" where that says nothing."""
    if not of or item.measure is Measure.COMPLAINTS:
        return ""
    return duration(of) if item.measure is Measure.ADHERENCE else f"{of:g}"


def points_said(points: float | None) -> str:
    return "–" if points is None else f"{points:g}"


def words_said(words: Words) -> str:
    return words.said(str(get_locale()))


def follows_said(each: Consequence) -> str:
    text = str(FOLLOWS[each.follows].text)
    return gettext("%(what)s: %(yuan)s yuan", what=text, yuan=f"{each.yuan:,}") if each.yuan else text


def evidence_said(object: str) -> str:
    """An id as call:12 in words."""
    kind, _colon, id = object.partition(":")
    return f"{ROW_KINDS[kind]} {id}" if kind in ROW_KINDS else object


def install(app: Flask) -> None:
    for use in (value_said, sample_said, points_said, words_said, follows_said, evidence_said):
        app.add_template_global(use)
