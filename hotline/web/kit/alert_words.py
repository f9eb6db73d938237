"""What open alerts say on the screens, in the reader's language, and where to look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, url_for
from flask_babel import lazy_gettext as _

from hotline.domain.alert import Alert
from hotline.services.alerts import AlertKind, reason_of
from hotline.web.kit.labels import Label, label
from hotline.web.kit.said import said

#: What it is, and how bad.
KINDS = {
    AlertKind.LINE_FAULT: Label(_("The line does not work"), "bad"),
    AlertKind.ROSTER_GAP: Label(_("Nobody is on the duty roster"), "bad"),
    AlertKind.CALENDAR: Label(_("The holiday calendar ends soon"), "warn"),
    AlertKind.PBX: Label(_("Asterisk could not be updated"), "bad"),
    AlertKind.JOB: Label(_("A scheduled job fails"), "bad"),
    AlertKind.DISK_SPACE: Label(_("The disk is nearly full"), "bad"),
    AlertKind.RECORDING_STORE: Label(_("Recordings cannot be stored"), "bad"),
    AlertKind.RECORDING_KEEPING: Label(_("Recordings cannot be kept in the store"), "bad"),
    AlertKind.RECORDING_LOST: Label(_("A recording is lost"), "bad"),
    AlertKind.RECORDING_UNPAUSED: Label(_("A recording holds sound where it was paused"), "bad"),
    AlertKind.TRANSCRIPT: Label(_("A recording cannot be transcribed"), "warn"),
    AlertKind.DUTY_FORMS: Label(_("Log forms of the duty mobile are overdue (B2)"), "bad"),
    AlertKind.PROMISES: Label(_("Promises to callers are overdue (B6)"), "bad"),
    AlertKind.CORRECTIVE_ACTIONS: Label(_("Corrective actions are overdue (E6)"), "bad"),
    AlertKind.PRIVACY_REQUESTS: Label(_("Requests of persons are overdue (G3)"), "bad"),
    AlertKind.NOTICE: Label(_("A message could not be sent"), "warn"),
    AlertKind.RECORDING_LEFT_OVER: Label(_("Recordings that belong to no call"), "warn"),
    AlertKind.LEGS_LEFT_OVER: Label(_("Phones were left in a call that is over, and were ended"), "warn"),
    AlertKind.STORE_CHECK: Label(_("The recordings differ from the ledger"), "bad"),
    AlertKind.PHONE_FORWARDS: Label(_("A phone is set to forward calls"), "bad"),
    AlertKind.UNKNOWN_NUMBER: Label(_("The carrier sends calls for a number that no line has"), "warn"),
    AlertKind.OFFER_REFUSED: Label(_("The carrier's calls offer no sound that we take"), "bad"),
    AlertKind.INVITE_REFUSED: Label(_("The carrier's calls are refused before they begin"), "bad"),
    AlertKind.STRANGERS: Label(_("Strangers try to get in by SIP"), "warn"),
    AlertKind.SHUT_OUT: Label(_("Addresses are shut out"), "warn"),
    AlertKind.FOLD_FAILED: Label(_("A call is missing in the ledger"), "bad"),
    AlertKind.DISK_FULL: Label(_("The disk will soon be full"), "warn"),
}

#: Endpoint and arguments of the page where the alert is seen to.
PAGES: Mapping[str, tuple[str, dict[str, Any]]] = {
    AlertKind.DUTY_FORMS: ("forms.index", {"state": "overdue"}),
    AlertKind.PROMISES: ("forms.index", {"state": "promised"}),
    AlertKind.PRIVACY_REQUESTS: ("privacy.index", {}),
    AlertKind.ROSTER_GAP: ("roster.index", {}),
    AlertKind.CORRECTIVE_ACTIONS: ("improvement.rectifications", {}),
    AlertKind.STORE_CHECK: ("reconciliation.index", {}),
    AlertKind.DISK_FULL: ("reconciliation.index", {}),
}


def alert_label(alert: Alert) -> Label:
    return label(KINDS, alert.kind)


def alert_detail(alert: Alert) -> str:
    return said(reason_of(alert))


def alert_page(alert: Alert) -> str:
    """Where it is seen to; "" where there is no such page."""
    endpoint, arguments = PAGES.get(alert.kind, ("", {}))
    return url_for(endpoint, **arguments) if endpoint else ""


def install(app: Flask) -> None:
    app.jinja_env.globals.update(alert_label=alert_label, alert_detail=alert_detail, alert_page=alert_page)
