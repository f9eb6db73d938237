"""Tells people of alerts, and that they are over. The table of alerts is the outbox: one that was raised in a
transaction that was committed is told of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hotline.domain.alert import Alert
from hotline.domain.notifications.discreet import discreet
from hotline.services.notifications.addresses import EVERYBODY
from hotline.services.notifications.audiences import persons_of
from hotline.services.notifications.notification_kinds import ALERT, ALERT_OVER
from hotline.services.notifications.notify import notify, notify_group
from hotline.settings import Settings
from hotline.storage.notifications.store import NotificationStore, ToldAlertStore
from hotline.storage.transaction import Storage, Transaction


def tell_alerts(storage: Storage, settings: Settings, now: datetime) -> int:
    """Those that are open and told to nobody, and those told that are over; how many. One that was over before
    anybody was told is left to the log."""
    with storage.reading() as tx:
        if not ToldAlertStore(tx).raised(1) and not ToldAlertStore(tx).over(1):
            return 0
    with storage.writing() as tx:
        raised = [each for each in ToldAlertStore(tx).raised() if ToldAlertStore(tx).tell(each.id or 0, now)]
        over = [each for each in ToldAlertStore(tx).over() if ToldAlertStore(tx).tell_over(each.id or 0, now)]
        for alert in raised:
            _tell_raised(tx, settings, alert, now)
        for alert in over:
            _tell_over(tx, alert, now)
    return len(raised) + len(over)


def _tell_raised(tx: Transaction, settings: Settings, alert: Alert, now: datetime) -> None:
    names = settings.notices.alerts.get(alert.kind, settings.notices.alerts_to)
    about, once = discreet(alert.object), _once(alert)
    notify(
        tx, persons_of(tx, settings, names, now), ALERT, _object(alert), now, once=once, alert=alert.kind, about=about
    )
    for group in _groups(settings, alert.kind):
        notify_group(tx, group, ALERT, _object(alert), now, once=once, alert=alert.kind, about=about)


def _tell_over(tx: Transaction, alert: Alert, now: datetime) -> None:
    """To whom it was told that it is open."""
    told = NotificationStore(tx).told_once(_once(alert))
    about, once = discreet(alert.object), f"{_once(alert)}:over"
    persons = [person_id for person_id, group in told if not group]
    notify(tx, persons, ALERT_OVER, _object(alert), now, once=once, alert=alert.kind, about=about)
    for group in {group for _person_id, group in told if group}:
        notify_group(tx, group, ALERT_OVER, _object(alert), now, once=once, alert=alert.kind, about=about)


def _groups(settings: Settings, kind: str) -> Iterator[str]:
    if settings.notices.urls:
        yield EVERYBODY
    for name, group in settings.notices.groups.items():
        if group.urls and (not group.alerts or kind in group.alerts):
            yield name


def _once(alert: Alert) -> str:
    return f"alert:{alert.id}"


def _object(alert: Alert) -> str:
    return f"alert:{alert.kind}"
