"""The banner of open alerts on every page: who sees which, what each says in the reader's language, where it leads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from flask import Flask, url_for
from flask_login import current_user

from hotline.discovery import gathered, together
from hotline.domain.alert import Alert
from hotline.domain.errors import NotFound
from hotline.domain.rights.acts import Act
from hotline.services import alerts
from hotline.web.kit.actor import allowed
from hotline.web.kit.context import web
from hotline.web.kit.labels import Label
from hotline.web.kit.said import said
from hotline.web.kit.shown import may_visit
from hotline.web.kit.told.alerted import AlertWords


@cache
def alert_words() -> Mapping[str, AlertWords]:
    """By kind, of all features."""
    return together(gathered("hotline.web", "alert_words", "WORDS", dict))


def open_alerts() -> list[Alert]:
    """The open alerts for a supervisor or administrator, those about their own phone for others; none while a password
    is awaited."""
    if not current_user.is_authenticated or current_user.held_up:
        return []
    found = alerts.open_alerts(web().storage)
    return found if allowed(Act.SEE_ALERTS) else [alert for alert in found if _of_own_phone(alert)]


def _of_own_phone(alert: Alert) -> bool:
    return _words_of(alert).own_phone and bool(alert.object) and alert.object == current_user.user.extension


def _words_of(alert: Alert) -> AlertWords:
    """A kind of another version of the program is shown by its code."""
    return alert_words().get(alert.kind) or AlertWords(Label(alert.kind), "")


def alert_label(alert: Alert) -> Label:
    return _words_of(alert).label


def alert_about(alert: Alert) -> str:
    """What it is about; "" for nothing in particular."""
    return _words_of(alert).about(alert.object) if alert.object else ""


def alert_detail(alert: Alert) -> str:
    """The reason that it was raised with, in words."""
    return said(alerts.reason_of(alert))


def alert_todo(alert: Alert) -> str:
    """What is to be done; "" for a kind of another version."""
    return _words_of(alert).todo


def alert_shown(kind: str, about: str) -> Alert:
    """The open alert, if the reader sees it above their pages. Raises NotFound."""
    found = next((each for each in open_alerts() if (each.kind, each.object) == (kind, about)), None)
    if found is None:
        raise NotFound("machine.no_alert", kind=kind[:40], object=about[:80])
    return found


def ends_when_seen_to(alert: Alert) -> bool:
    """Nothing but a person ends it."""
    return _words_of(alert).seen_to


def alert_again(alert: Alert) -> str:
    """Where it is tried once more; "" where there is nothing to try."""
    endpoint = _words_of(alert).again
    return url_for(endpoint) if endpoint else ""


def alert_page(alert: Alert) -> str:
    """Where it is seen to."""
    return page_of_kind(alert.kind)


def page_of_kind(kind: str) -> str:
    """Where alerts of this kind are seen to; where there is no such page for the reader, what to do stands on that of
    all alerts."""
    words = alert_words().get(kind)
    if words is None or not words.page or not may_visit(words.page):
        return url_for("alerts.index", _anchor=kind)
    arguments: dict[str, Any] = {**words.arguments}
    return url_for(words.page, **arguments)


def install(app: Flask) -> None:
    shown = (open_alerts, alert_label, alert_about, alert_detail, alert_page, alert_todo)
    for use in (*shown, alert_again, ends_when_seen_to):
        app.add_template_global(use)
