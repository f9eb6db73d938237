"""Alerts: raised once, logged, and shown on every page until the cause is gone."""

from __future__ import annotations

import logging
from datetime import datetime
from enum import StrEnum

from hotline.domain.alert import Alert
from hotline.domain.errors import NotFound
from hotline.domain.reasons import Reason, because
from hotline.storage.alerts import AlertStore
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage, Transaction

log = logging.getLogger(__name__)


class AlertKind(StrEnum):
    """`object` of each: what it is about."""

    LINE_FAULT = "line_fault"  # A4; a line's id
    ROSTER_GAP = "roster_gap"  # A16; ""
    CALENDAR = "calendar"  # ""
    PBX = "pbx"  # what could not be told to Asterisk; a node
    JOB = "job"  # a job that fails; its name
    DISK_SPACE = "disk_space"  # a node
    RECORDING_STORE = "recording_store"  # nothing can be stored; a node
    RECORDING_KEEPING = "recording_keeping"  # not brought into the store: a node's none, or one; a node or a linkedid
    RECORDING_LOST = "recording_lost"  # a call's linkedid
    RECORDING_UNPAUSED = "recording_unpaused"  # G2: sound where a pause is marked; a call's linkedid
    DUTY_FORMS = "duty_forms"  # B2: log forms taken on the duty mobile are overdue; ""
    PROMISES = "promises"  # B6: promises to callers are overdue; ""
    NOTICE = "notice"  # a message could not be sent; what it was about
    TRANSCRIPT = "transcript"  # a recording that cannot be transcribed; its id
    PRIVACY_REQUESTS = "privacy_requests"  # G3: requests of persons are overdue; ""
    CORRECTIVE_ACTIONS = "rectifications"  # E6: orders to mend something are overdue; ""
    RECORDING_LEFT_OVER = "recording_left_over"  # files no call knows; a node
    LEGS_LEFT_OVER = "legs_left_over"  # phones in a call that is over; a node
    STORE_CHECK = "store_check"  # E2: the daily reconciliation found differences; a node
    PHONE_FORWARDS = "phone_forwards"  # A3: it is set to forward calls, and so takes none; an operator's extension
    UNKNOWN_NUMBER = "unknown_number"  # the carrier sent calls for a number that no line has; that number
    OFFER_REFUSED = "offer_refused"  # the carrier's calls offered no sound that suits; ""
    INVITE_REFUSED = "invite_refused"  # the carrier's calls were refused before they became one; a SIP status
    STRANGERS = "strangers"  # SIP requests of nobody were refused; ""
    SHUT_OUT = "shut_out"  # addresses were shut out after too many of them; ""
    FOLD_FAILED = "fold_failed"  # it is missing in the ledger; a call's linkedid
    DISK_FULL = "disk_full"  # by its trend the disk will soon be full; a node


def set_alert(tx: Transaction, kind: AlertKind, object: str, reason: Reason | None, now: datetime) -> None:
    """Bring the alert to what is so now: open with that reason, or cleared when there is none. The screens and the
    command line say it in the reader's language; the log has code and values."""
    if reason is not None:
        detail = str(reason)
        if AlertStore(tx).raise_(kind, object, detail, now, {"reason": reason.as_json()}):
            log.warning("alert %s %s: %s", kind, object, detail)
    elif AlertStore(tx).clear(kind, object, now):
        log.info("alert %s %s is over", kind, object)


def reason_of(alert: Alert) -> Reason:
    """What the alert was raised with."""
    stored = alert.arguments.get("reason")
    if isinstance(stored, dict) and "code" in stored:
        return Reason.from_json(stored)
    return because("storage.legacy", text=alert.detail)


def disk_detail(free_bytes: int, wanted_megabytes: int) -> Reason | None:
    """What is to be said of so much free disk; None when it is enough."""
    free = free_bytes // 1_000_000
    return because("recordings.disk_space", free=free, wanted=wanted_megabytes) if free < wanted_megabytes else None


def open_alerts(storage: Storage) -> list[Alert]:
    """Oldest first."""
    with storage.reading() as tx:
        return AlertStore(tx).open()


def clear_by_hand(storage: Storage, kind: str, object: str, by: str, now: datetime) -> None:
    """Somebody has seen to it. Raises NotFound when no such alert is open."""
    with storage.writing() as tx:
        if not AlertStore(tx).clear(kind, object, now):
            raise NotFound("machine.no_alert", kind=str(kind), object=object)
        AuditLog(tx).add(now, by, "alert.clear", f"{kind} {object}".strip())
