"""Alerts: raised once, logged, and shown on every page until the cause is gone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NewType

from hotline.domain.alert import Alert
from hotline.domain.errors import NotFound
from hotline.domain.reasons import Reason, because
from hotline.storage.alerts import AlertStore
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage, Transaction

log = logging.getLogger(__name__)


#: A feature's own kinds stand in its alert_kinds.py. They are stored: one that is renamed is another one.
AlertKind = NewType("AlertKind", str)

#: How an alert must stand: its kind, its object, and why it is open; None: it is not.
Stands = tuple[AlertKind, str, Reason | None]

JOB = AlertKind("job")  # a job that fails; its name
NOTICE = AlertKind("notice")  # a message could not be sent; what it was about


def set_alert(tx: Transaction, kind: AlertKind, object: str, reason: Reason | None, now: datetime) -> None:
    """Bring the alert to what is so now: open with that reason, or cleared when there is none. The screens and the
    command line say it in the reader's language; the log has code and values."""
    if reason is not None:
        detail = str(reason)
        if AlertStore(tx).raise_(kind, object, detail, now, {"reason": reason.as_json()}):
            log.warning("alert %s %s: %s", kind, object, detail)
    elif AlertStore(tx).clear(kind, object, now):
        log.info("alert %s %s is over", kind, object)


def keep_alerts(storage: Storage, find: Callable[[Transaction], Iterable[Stands]], now: datetime) -> None:
    """Bring alerts to what `find` says. Written only where one stands otherwise: what looks again and again must not
    take SQLite's one writer from calls each time."""
    with storage.reading() as tx:
        settled = all(_stands(tx, *each) for each in find(tx))
    if settled:
        return
    with storage.writing() as tx:
        for each in find(tx):
            set_alert(tx, *each, now)


def _stands(tx: Transaction, kind: AlertKind, object: str, reason: Reason | None) -> bool:
    found = AlertStore(tx).open_one(kind, object)
    if found is None or reason is None:
        return found is None and reason is None
    return found.detail == str(reason) and found.arguments.get("reason") == reason.as_json()


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
