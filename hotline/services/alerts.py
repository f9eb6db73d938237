"""Alerts: raised once, logged, and shown on every page until the cause is gone."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import NewType

from hotline.domain.alert import Alert
from hotline.domain.errors import NotFound
from hotline.domain.reasons import Reason
from hotline.domain.time import minute_text
from hotline.storage.alerts import AlertStore
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage, Transaction

log = logging.getLogger(__name__)


#: A feature's own kinds stand in its alert_kinds.py. They are stored: one that is renamed is another one.
AlertKind = NewType("AlertKind", str)

JOB = AlertKind("job")  # a job that fails; its name
NOTICE = AlertKind("notice")  # a message could not be sent; what it was about


def set_alert(tx: Transaction, kind: AlertKind, object: str, detail: str, now: datetime, **arguments: object) -> None:
    """Bring the alert to what is so now: open with that detail, or cleared when there is none (""). `arguments`: what
    the screens say it with in the reader's language (alert_words.py in hotline.web.<feature>)."""
    if detail:
        if AlertStore(tx).raise_(kind, object, detail, now, arguments):
            log.warning("alert %s %s: %s", kind, object, detail)
    elif AlertStore(tx).clear(kind, object, now):
        log.info("alert %s %s is over", kind, object)


def keep_alert_of(
    tx: Transaction, kind: AlertKind, object: str, reason: Reason | None, now: datetime, **arguments: object
) -> None:
    """`set_alert` with a reason, None for none: the screens and the command line say it in the reader's language."""
    if reason is None:
        set_alert(tx, kind, object, "", now)
    else:
        set_alert(tx, kind, object, str(reason), now, reason=reason.as_json(), **arguments)


def reason_of(alert: Alert) -> Reason | None:
    """What the alert was raised with, where that was a reason."""
    stored = alert.arguments.get("reason")
    return Reason.from_json(stored) if isinstance(stored, dict) and "code" in stored else None


def set_overdue_alert(
    tx: Transaction, kind: AlertKind, what: str, count: int, earliest: datetime | None, now: datetime
) -> None:
    """The alert that so many are overdue, the earliest since then; `what` begins its detail. Cleared when none is."""
    detail, told = "", {}
    if earliest is not None:
        detail = f"{what} overdue, the earliest since {minute_text(earliest)}"
        told = {"count": count, "earliest_at": earliest.isoformat()}
    set_alert(tx, kind, "", detail, now, **told)


def disk_detail(free_bytes: int, wanted_megabytes: int) -> str:
    """What is to be said of so much free disk; "" when it is enough."""
    free = free_bytes // 1_000_000
    return "" if free >= wanted_megabytes else f"{free} MB free for recordings, {wanted_megabytes} MB wanted"


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
