"""The banner of open alerts on every page of managers."""

from __future__ import annotations

from flask import Flask
from flask_login import current_user

from hotline.domain.alert import Alert
from hotline.domain.people import MANAGERS
from hotline.services import alerts
from hotline.services.alerts import AlertKind
from hotline.web.kit.context import web


def open_alerts() -> list[Alert]:
    """The open alerts for a supervisor or administrator, those about their own phone for others; none while a password
    is awaited."""
    if not current_user.is_authenticated or current_user.must_change_password:
        return []
    found = alerts.open_alerts(web().storage)
    return found if current_user.has_role(*MANAGERS) else [alert for alert in found if _of_own_phone(alert)]


def _of_own_phone(alert: Alert) -> bool:
    return alert.kind == AlertKind.PHONE_FORWARDS and bool(alert.object) and alert.object == current_user.user.extension


def install(app: Flask) -> None:
    app.jinja_env.globals.update(open_alerts=open_alerts)
