"""What marks, kinds, subjects and reasons are called."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from hotline.domain.rules.limits import Mark
from hotline.domain.rules.rule import Kind
from hotline.domain.verdicts.contest import ContestDecision
from hotline.domain.verdicts.verdict import Judgement, Subject, Verdict, Why
from hotline.web.kit.formats import duration
from hotline.web.kit.labels import Label
from hotline.web.quality.words import measured, unit_of

#: Each says in words what its colour does.
MARKS = {
    Mark.GREEN: Label(_("On target"), "ok"),
    Mark.YELLOW: Label(_("Below yellow"), "warn"),
    Mark.RED: Label(_("Below red"), "bad"),
    Mark.NONE: Label(_("Nothing judged")),
    Mark.OFF: Label(_("Switched off")),
}

KINDS = {
    Kind.ENFORCED: Label(_("enforced"), "info"),
    Kind.MEASURED: Label(_("measured"), "wait"),
    Kind.WORKED: Label(_("worked by people"), "muted"),
}

JUDGEMENTS = {
    Judgement.KEPT: Label(_("Kept"), "ok"),
    Judgement.BROKEN: Label(_("Broken"), "bad"),
    Judgement.NOT_APPLICABLE: Label(_("Not applicable")),
    Judgement.NOT_JUDGED: Label(_("Not judged"), "info"),
}

CONTEST_STATES = {
    ContestDecision.OPEN: Label(_("Contested"), "wait"),
    ContestDecision.UPHELD: Label(_("The objection is right"), "ok"),
    ContestDecision.REJECTED: Label(_("The verdict stays"), "muted"),
}

#: A subject by itself, where it has no page of its own.
SUBJECTS: dict[Subject, LazyString] = {
    Subject.CALL: _("Call"),
    Subject.RECORD: _("Record"),
    Subject.CALLBACK: _("Callback"),
    Subject.PROMISE: _("Promise"),
    Subject.CASE: _("Case"),
    Subject.VISIT: _("Visit"),
    Subject.RATING: _("Rating"),
    Subject.EXAMINATION: _("Examination"),
    Subject.ORDER: _("Corrective action"),
    Subject.CUSTOMER: _("Customer"),
    Subject.DIAL: _("Dialled call"),
    Subject.LINE_TEST: _("Test call"),
    Subject.BLOCK: _("Block"),
    Subject.SHIFT: _("Shift"),
    Subject.ROSTER_DAY: _("Day of the roster"),
    Subject.PRIVACY: _("Request of a person"),
    Subject.MONTH: _("Month"),
}

WHYS: dict[str, LazyString] = {
    Why.BLOCKLISTED: _("the caller is blocked"),
    Why.LINE_TEST: _("a test call of the line"),
    Why.WRONG_NUMBER: _("a wrong number"),
    Why.CALLER_LEFT: _("the caller left before"),
    Why.SELF_SERVED: _("the caller needed nobody"),
    Why.HANDED_OVER: _("the caller was handed over to say how the call was"),
    Why.NOBODY_READY: _("nobody was ready"),
    Why.PUBLIC_HOLIDAY: _("a public holiday"),
    Why.NOT_RECORDED: _("the call was not recorded"),
    Why.NOT_BY_PHONE: _("not by telephone"),
    Why.NOT_REACHED: _("the customer was not reached"),
    Why.NOT_OWED: _("nothing was owed"),
    Why.NOTHING_TO_COUNT: _("nothing to count"),
    Why.SWITCHED_OFF: _("the rule was switched off"),
    Why.ACCEPTED: _("accepted by a supervisor"),
    Why.CONTESTED: _("contested, and the examiner agreed"),
    Why.WITHDRAWN: _("withdrawn"),
    Why.TO_BE_CHECKED: _("a person has to check it"),
    Why.NOT_TRANSCRIBED: _("not transcribed"),
    Why.NO_SOUND: _("there is no sound"),
    Why.NOT_MEASURED: _("not measured"),
    Why.NOT_SEEN: _("the system does not see it"),
    Why.MATERIAL_GONE: _("what it was judged by is deleted"),
    Why.REFUSED: _("it was refused"),
    Why.BY_CONFIGURATION: _("follows from the settings"),
    Why.NOT_ANSWERED: _("not answered"),
    Why.NO_RECORD: _("there is no record"),
    Why.STILL_OPEN: _("still open"),
    Why.FIELDS_MISSING: _("fields are missing"),
    Why.NO_RECORDING: _("there is no recording"),
    Why.NO_HANDOVER: _("nothing was handed over in writing"),
    Why.CALLED_AGAIN: _("the customer called again"),
}


#: From so many seconds on minutes and hours are told.
_LONG = 120

_UNITS: dict[str, LazyString] = {
    "s": _("%(n)s s"),
    "min": _("%(n)s min"),
    "h": _("%(n)s h"),
    "days": _("%(n)s days"),
    "%": _("%(n)s %%"),
}


def measured_shown(verdict: Verdict) -> str:
    """What was measured, and the limit that it was judged by; "–" where nothing was."""
    if verdict.value is None:
        return "–"
    kind = str(verdict.evidence.get("kind", ""))
    value, limit = (_with_unit(kind, verdict.unit, each) for each in (verdict.value, verdict.limit))
    return str(_("%(value)s (limit %(limit)s)") % {"value": value, "limit": limit}) if limit else value


def _with_unit(kind: str, unit: str, number: float | None) -> str:
    if number is None:
        return ""
    if unit_of(kind):
        return measured(kind, number)
    if unit == "s" and number >= _LONG:
        return duration(number)
    words = _UNITS.get(unit)
    return str(words) % {"n": f"{number:.4g}"} if words is not None else f"{number:.4g} {unit}".strip()


def why_name(code: str) -> str:
    """ "–" for none; a code without words as it is."""
    return str(WHYS.get(code, code)) if code else "–"
