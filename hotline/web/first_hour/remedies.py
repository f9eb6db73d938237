"""What is missing in words, and the page on which it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from hotline.services.check import CheckResult
from hotline.web.kit.alerts_shown import alert_words, page_of_kind
from hotline.web.kit.shown import may_visit
from hotline.web.settings.groups import group_of
from hotline.web.settings.words import name_of

#: What was looked at -> what it is called.
NAMES: dict[str, LazyString] = {
    "ami": _("Asterisk's manager"),
    "appraisal": _("Appraisals"),
    "asterisk": _("Asterisk"),
    "calendar": _("Holidays"),
    "callback_trunk": _("Callback carrier"),
    "cards": _("Script cards"),
    "carrier": _("Carrier"),
    "case kinds": _("Kinds of cases"),
    "company": _("Company"),
    "database": _("Database"),
    "disk": _("Disk"),
    "espeak-ng": _("Speech of the prompts"),
    "ffmpeg": _("Conversion of sound"),
    "home": _("The hotline's folder"),
    "ivr": _("Voice menu"),
    "mail": _("Mail server"),
    "number": _("400 number"),
    "operators": _("Operators"),
    "pbx": _("Asterisk"),
    "private": _("The hotline's folder"),
    "prompts": _("Prompts"),
    "questionnaires": _("Questionnaires"),
    "roster": _("Duty roster"),
    "settings": _("Settings"),
    "store": _("Recordings' store"),
    "tls": _("Certificate"),
    "trunk": _("Carrier"),
    "web": _("Web pages"),
}

#: What was looked at -> endpoint, its arguments, what the button says.
_PAGES: dict[str, tuple[str, dict[str, Any], LazyString]] = {
    "calendar": ("calendar.index", {}, _("Enter the holidays")),
    "roster": ("roster.index", {}, _("Add shifts")),
    "prompts": ("prompts.index", {}, _("See the prompts")),
    "operators": ("hiring.hire", {}, _("Hire an operator")),
    "company": ("first_hour.index", {"step": "company"}, _("Say who you are")),
    "number": ("first_hour.index", {"step": "number"}, _("Enter the number")),
    "carrier": ("first_hour.index", {"step": "carrier"}, _("Enter the carrier")),
    "trunk": ("carrier.index", {}, _("See the carrier")),
    "callback_trunk": ("carrier.index", {}, _("See the carrier")),
}

#: What was looked at -> a key of the settings' group in which it is mended.
_KEYS = {"mail": "mail.host", "store": "store.url", "tls": "tls.certificate", "disk": "recording.min_free_megabytes"}


@dataclass(frozen=True, slots=True)
class Remedy:
    address: str
    text: LazyString


def name_of_finding(finding: CheckResult) -> str:
    """What was looked at, in the reader's language."""
    first, _blank, rest = finding.what.partition(" ")
    if first == "alert":
        kind, _blank, about = rest.partition(" ")
        words = alert_words().get(kind)
        return " ".join(
            filter(None, (str(words.label.text) if words else kind, words.about(about) if words else about))
        )
    if finding.what in NAMES:
        return str(NAMES[finding.what])
    if first in NAMES:
        return f"{NAMES[first]} {rest}"
    return str(name_of(finding.what))


def remedy_of(finding: CheckResult) -> Remedy | None:
    """Where this reader mends it; None where it is mended on the machine alone."""
    first, _blank, rest = finding.what.partition(" ")
    if first == "alert":
        return Remedy(page_of_kind(rest.partition(" ")[0]), _("See to it"))
    if first in _PAGES:
        page, arguments, text = _PAGES[first]
        return Remedy(url_for(page, **arguments), text) if may_visit(page) else None
    key = _KEYS.get(first)
    if key is None:
        return None
    return Remedy(url_for("settings.group", group=group_of(key).name, _anchor=f"at-{key}"), _("To the settings"))
