"""What marks, kinds, subjects and reasons are called."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from hotline.domain.rules.limits import Mark
from hotline.domain.rules.rule import Kind
from hotline.domain.verdicts.contest import ContestDecision
from hotline.domain.verdicts.verdict import Judgement, Subject, Verdict, WhyJudged
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
    Subject.LINE_TEST: _("Line test"),
    Subject.BLOCK: _("Block"),
    Subject.SHIFT: _("Shift"),
    Subject.ROSTER_DAY: _("Day of the roster"),
    Subject.PRIVACY: _("Request of a person"),
    Subject.MONTH: _("Month"),
}

WHYS: dict[str, LazyString] = {
    WhyJudged.BLOCKLISTED: _("the caller is blocked"),
    WhyJudged.LINE_TEST: _("a test call of the line"),
    WhyJudged.WRONG_NUMBER: _("a wrong number"),
    WhyJudged.CALLER_LEFT: _("the caller left before"),
    WhyJudged.SELF_SERVED: _("the caller needed nobody"),
    WhyJudged.HANDED_OVER: _("the caller was handed over to say how the call was"),
    WhyJudged.NOBODY_READY: _("nobody was ready"),
    WhyJudged.PUBLIC_HOLIDAY: _("a public holiday"),
    WhyJudged.NOT_RECORDED: _("the call was not recorded"),
    WhyJudged.NOT_BY_PHONE: _("not by telephone"),
    WhyJudged.NOT_REACHED: _("the customer was not reached"),
    WhyJudged.NOT_OWED: _("nothing was owed"),
    WhyJudged.NOTHING_TO_COUNT: _("nothing to count"),
    WhyJudged.SWITCHED_OFF: _("the rule was switched off"),
    WhyJudged.ACCEPTED: _("accepted by a supervisor"),
    WhyJudged.CONTESTED: _("contested, and the examiner agreed"),
    WhyJudged.WITHDRAWN: _("withdrawn"),
    WhyJudged.TO_BE_CHECKED: _("a person has to check it"),
    WhyJudged.NOT_TRANSCRIBED: _("not transcribed"),
    WhyJudged.NO_SOUND: _("there is no sound"),
    WhyJudged.NOT_MEASURED: _("not measured"),
    WhyJudged.NOT_SEEN: _("the system does not see it"),
    WhyJudged.MATERIAL_GONE: _("what it was judged by is deleted"),
    WhyJudged.REFUSED: _("it was refused"),
    WhyJudged.BY_CONFIGURATION: _("follows from the settings"),
    WhyJudged.NOT_ANSWERED: _("not answered"),
    WhyJudged.NOT_ASKED: _("no customer was asked"),
    WhyJudged.NO_RECORD: _("there is no record"),
    WhyJudged.STILL_OPEN: _("still open"),
    WhyJudged.FIELDS_MISSING: _("fields are missing"),
    WhyJudged.NO_RECORDING: _("there is no recording"),
    WhyJudged.NO_HANDOVER: _("nothing was handed over in writing"),
    WhyJudged.CALLED_AGAIN: _("the customer called again"),
}


#: From so many seconds on minutes and hours are told.
_LONG = 120

_UNITS: dict[str, LazyString] = {
    "s": _("%(n)s s"),
    "min": _("%(n)s min"),
    "h": _("%(n)s h"),
    "days": _("%(n)s days"),
    "%": _("%(n)s %%"),
    "rings": _("%(n)s rings"),
    "recordings": _("%(n)s recordings"),
    "pauses": _("%(n)s pauses of the recording"),
    "matters": _("%(n)s open matters"),
    "prompts": _("%(n)s prompts"),
    "phrases": _("%(n)s phrases"),
    "chars/min": _("%(n)s characters a minute"),
    "points": _("%(n)s points"),
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
