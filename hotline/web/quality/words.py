"""The words of examination and its figures: states, reasons, what was measured and in what."""

from __future__ import annotations

from flask import Flask
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from hotline.domain.examination.records import AppealDecision, CorrectiveActionState, ExaminationState
from hotline.domain.examination.sample import Why
from hotline.domain.examination.score import ItemKind
from hotline.web.kit.labels import Label

EXAMINATION_STATES = {
    ExaminationState.ASSIGNED: Label(_("To be examined"), "wait"),
    ExaminationState.DONE: Label(_("Examined"), "ok"),
    ExaminationState.APPEALED: Label(_("Appealed against"), "warn"),
    ExaminationState.DECIDED: Label(_("Appeal settled"), "info"),
}

WHYS = {
    Why.SAMPLE: Label(_("Drawn at random")),
    Why.COMPLAINT: Label(_("Complaint"), "bad"),
    Why.LOW_SCORE: Label(_("Low automatic score"), "warn"),
    Why.CHOSEN: Label(_("Chosen by hand"), "info"),
    Why.RECHECK: Label(_("Examined once more"), "info"),
    Why.CALIBRATION: Label(_("Calibration"), "wait"),
}

#: Why somebody may choose a call by hand.
BY_HAND = {Why.CHOSEN: WHYS[Why.CHOSEN], Why.RECHECK: WHYS[Why.RECHECK]}

ITEM_KINDS = {ItemKind.AUTOMATIC: Label(_("measured"), "info"), ItemKind.MANUAL: Label(_("by the examiner"), "muted")}

DECISIONS = {
    AppealDecision.UPHELD: Label(_("The result stays"), "muted"),
    AppealDecision.CHANGED: Label(_("The points were changed"), "ok"),
}

CORRECTIVE_ACTION_STATES = {
    CorrectiveActionState.ISSUED: Label(_("To do"), "wait"),
    CorrectiveActionState.DONE: Label(_("Reported done, to be checked"), "info"),
    CorrectiveActionState.CONFIRMED: Label(_("Confirmed"), "ok"),
    CorrectiveActionState.REPEATED: Label(_("To do again"), "bad"),
}

#: What a finding is about, by its kind.
FINDING_KINDS: dict[str, LazyString] = {
    "answer_seconds": _("Seconds until answered"),
    "answer_rings": _("Rings at the operator's phone"),
    "first_words": _("Seconds from picking up to our first words"),
    "too_long": _("Longest call"),
    "hold_prompt": _("Prompts while on hold"),
    "opening": _("Opening words"),
    "closing": _("Closing words"),
    "caller_hung_up": _("The caller hung up first"),
    "handed_over": _("Not applicable: the caller was handed over to say how the call was"),
    "we_hung_up": _("We hung up first"),
    "forbidden": _("Forbidden words"),
    "forbidden_hint": _("Words that may put customers off"),
    "bare_opening": _("Opening with nothing but a hello"),
    "apology": _("Apology to a complaint"),
    "surname_asked": _("Asked for the surname"),
    "surname_used": _("Addressed by the surname"),
    "over_promising": _("Promises that may be too much"),
    "speech_rate": _("Rate of speech"),
    "hold_announced": _("Hold announced"),
    "hold_thanked": _("Thanked after a hold"),
    "transfer_announced": _("Transfer announced"),
    "talking_over": _("Time of talking over the caller"),
    "length": _("Length of the call"),
    "silence": _("Longest silence"),
    "shouting": _("Loudness, at most"),
    "too_quiet": _("Loudness, at least"),
    "caller_unheard": _("Sound of the caller"),
    "we_unheard": _("Sound of the operator"),
}

_SECONDS, _DECIBELS, _LIKENESS = _("%(n)s s"), _("%(n)s dBFS"), _("%(n)s alike")
_UNITS: dict[str, LazyString] = {
    **dict.fromkeys(
        ("answer_seconds", "first_words", "we_hung_up", "caller_hung_up", "talking_over", "silence"), _SECONDS
    ),
    **dict.fromkeys(("too_long", "length"), _("%(n)s min")),
    **dict.fromkeys(("shouting", "too_quiet", "caller_unheard", "we_unheard"), _DECIBELS),
    **dict.fromkeys(("forbidden", "forbidden_hint", "bare_opening", "over_promising", "apology"), _LIKENESS),
    **dict.fromkeys(("hold_announced", "hold_thanked", "transfer_announced"), _LIKENESS),
    **dict.fromkeys(("surname_asked", "surname_used"), _("%(n)s times")),
    "answer_rings": _("%(n)s rings"),
    "hold_prompt": _("%(n)s prompts"),
    "opening": _("%(n)s phrases"),
    "closing": _("%(n)s phrases"),
    "speech_rate": _("%(n)s characters a minute"),
}


def finding_name(kind: str) -> str:
    return str(FINDING_KINDS.get(kind, kind))


def unit_of(kind: str) -> str:
    """What a finding's value is shown in, with %(n)s for the number; "" for none."""
    return str(_UNITS.get(kind, ""))


def measured(kind: str, value: float | None) -> str:
    """A finding's value or limit with its unit; – for none."""
    if value is None:
        return "–"
    unit = _UNITS.get(kind)
    return f"{value:g}" if unit is None else str(unit) % {"n": f"{value:.4g}"}


def install(app: Flask) -> None:
    app.jinja_env.globals.update(
        quality_labels={
            "state": EXAMINATION_STATES,
            "why": WHYS,
            "item": ITEM_KINDS,
            "decision": DECISIONS,
            "order": CORRECTIVE_ACTION_STATES,
        },
        finding_name=finding_name,
        measured=measured,
    )
