"""What open alerts say on the screens, in the reader's language, and where to look. Alerts without arguments are
told as they were raised."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Flask, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from hotline.domain.alert import Alert
from hotline.domain.reasons import Reason
from hotline.services.alerts import AlertKind, reason_of
from hotline.web.kit import formats
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
    AlertKind.DISK_FULL: Label(_("The disk will soon be full"), "warn"),
}

_DETAILS: dict[str, LazyString] = {
    AlertKind.DUTY_FORMS: _("%(count)s not yet written, the earliest due %(earliest_at)s"),
    AlertKind.PROMISES: _("%(count)s promises open, the earliest due %(earliest_at)s"),
    AlertKind.CORRECTIVE_ACTIONS: _("%(count)s open, the earliest due %(earliest_at)s"),
    AlertKind.PRIVACY_REQUESTS: _("%(count)s not yet answered, the earliest due %(earliest_at)s"),
    AlertKind.NOTICE: _("%(what)s: %(problem)s"),
    AlertKind.ROSTER_GAP: _("from %(since_at)s to %(until_at)s; %(count)s gaps in all"),
    AlertKind.DISK_SPACE: _("%(free)s MB free for recordings, %(wanted)s MB wanted"),
    AlertKind.RECORDING_KEEPING: _("%(problem)s; %(count)s recordings wait"),
    AlertKind.LEGS_LEFT_OVER: _("%(legs)s, call %(linkedid)s"),
    AlertKind.STORE_CHECK: _("%(count)s differences between the store and the ledger"),
    AlertKind.PHONE_FORWARDS: _(
        "%(name)s's phone sends callers elsewhere, which is not done: it takes no call (last %(last_at)s). "
        "Switch call forwarding off at the phone."
    ),
    AlertKind.UNKNOWN_NUMBER: _(
        "%(count)s calls, first %(first_at)s, last %(last_at)s. Numbers go to the first line, anything else is refused:"
        " write it into that line's aliases, or tell the carrier."
    ),
    AlertKind.OFFER_REFUSED: _(
        "%(count)s calls refused (%(status)s), first %(first_at)s, last %(last_at)s from %(address)s: offered "
        "%(offered)s, ours are %(ours)s. Set trunk.codecs (for SRTP trunk.media_encryption), or tell the carrier."
    ),
    AlertKind.INVITE_REFUSED: _(
        "%(count)s calls refused (%(status)s %(reason)s), first %(first_at)s, last %(last_at)s from %(address)s. "
        "404 and 484: the carrier sent no number that was called. Tell the carrier when, and what was answered."
    ),
    AlertKind.STRANGERS: _(
        '%(count)s requests refused, first %(first_at)s, last %(last_at)s from %(address)s as "%(name)s". '
        "Open the SIP port to the carrier and your phones only."
    ),
    AlertKind.SHUT_OUT: _(
        "%(count)s times for too many failed log-ins, first %(first_at)s, last %(last_at)s: %(address)s as "
        '"%(name)s". Lifted by: hotline strangers lift'
    ),
    AlertKind.DISK_FULL: _("the disk will be full about %(day)s"),
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
    """Moments in the arguments (…_at, ISO 8601) are shown as on the wall in Shanghai."""
    reason = reason_of(alert)
    if reason is not None and alert.kind != AlertKind.NOTICE:
        return said(reason)
    words = _DETAILS.get(alert.kind)
    if words is None or not alert.arguments:
        return alert.detail
    values = {name: _shown(name, value) for name, value in alert.arguments.items()}
    try:
        return str(words) % values
    except (KeyError, ValueError):  # raised by another version of the program
        return alert.detail


def alert_page(alert: Alert) -> str:
    """Where it is seen to; "" where there is no such page."""
    endpoint, arguments = PAGES.get(alert.kind, ("", {}))
    return url_for(endpoint, **arguments) if endpoint else ""


def _shown(name: str, value: object) -> str:
    if isinstance(value, dict) and "code" in value:
        return said(Reason.from_json(value))
    return formats.minute(datetime.fromisoformat(str(value))) if name.endswith("_at") and value else str(value)


def install(app: Flask) -> None:
    app.jinja_env.globals.update(alert_label=alert_label, alert_detail=alert_detail, alert_page=alert_page)
