"""The words of the first hour."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from hotline.services.first_hour.carrier import CarrierState
from hotline.services.first_hour.steps import Step
from hotline.web.kit.labels import Label

SKIP = _("Skip for now")


@dataclass(frozen=True, slots=True)
class StepWords:
    """`skip`: what the button says that leaves it out."""

    title: LazyString
    help: LazyString
    skip: LazyString = SKIP


STEPS = {
    Step.COMPANY: StepWords(_("Company"), _("Callers hear this name in the greeting.")),
    Step.NUMBER: StepWords(_("400 number"), _("The number that callers dial, as the carrier sends it.")),
    Step.CARRIER: StepWords(
        _("Carrier"), _("By its address, or by registration with user name and password: as the carrier's letter says.")
    ),
    Step.HOURS: StepWords(
        _("Hours and holidays"),
        _("When operators answer. At all other times the duty mobile rings."),
        _("Right as they are"),
    ),
    Step.OPERATOR: StepWords(
        _("First operator"), _("Somebody with an account and a phone in the browser: no other device is needed.")
    ),
    Step.DUTY: StepWords(_("Duty mobile"), _("Who is rung outside the hours.")),
    Step.CALL: StepWords(_("Test call"), _("Somebody calls the line, and an operator answers.")),
}

CARRIERS = {"trunk": _("Carrier of the 400 line"), "callback_trunk": _("Callback carrier")}

CARRIER_STATES = {
    CarrierState.REGISTERED: Label(_("registered"), "ok"),
    CarrierState.NOT_REGISTERED: Label(_("not registered"), "bad"),
    CarrierState.ANSWERS: Label(_("answers"), "ok"),
    CarrierState.SILENT: Label(_("does not answer"), "bad"),
    CarrierState.NOT_ASKED: Label(_("is not asked"), "muted"),
    CarrierState.UNKNOWN: Label(_("Asterisk cannot be asked"), "bad"),
}
