"""What every page carries for whoever steers: the open alerts."""

from __future__ import annotations

from flask import Flask
from flask_login import current_user

from hotline.domain.records import STEERING, Alert
from hotline.web.context import web


def open_alerts() -> list[Alert]:
    """The open alerts for a supervisor or administrator; none for others, and none while a password is awaited."""
    if not current_user.is_authenticated or current_user.must_change_password:
        return []
    if not current_user.has_role(*STEERING):
        return []
    with web().storage.reading() as work:
        return work.alerts.open()


def install(app: Flask) -> None:
    app.jinja_env.globals.update(open_alerts=open_alerts)
