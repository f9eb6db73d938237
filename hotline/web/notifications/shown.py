"""How a notification is shown to whoever reads the page."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_babel import gettext
from flask_login import current_user

from hotline.domain.notifications.notification import Notification
from hotline.services.notifications import inbox
from hotline.web.accounts.audit_shown import address_in, object_address
from hotline.web.kit.context import web
from hotline.web.kit.told.notified import notification_words, notified_objects, said_of


def notification_said(told: Notification) -> str:
    return said_of(told, gettext)


def kind_name(kind: str) -> str:
    words = notification_words().get(kind)
    return gettext(words.name) if words else kind


def notification_address(told: Notification) -> str:
    """Where it leads; "" for nowhere, or nowhere that the reader may go."""
    words = notification_words().get(told.kind)
    if words and words.page:
        return words.page(told)
    return address_in(notified_objects(), told.object) or object_address(told.object)


def bell() -> dict[str, Any] | None:
    """What the bell in the head of the page is drawn by; None for whoever has none."""
    if not current_user.is_authenticated or current_user.held_up:
        return None
    user_id = current_user.user.id or 0
    unread, until = inbox.unread_until(web().storage, user_id)
    return {"unread": unread, "until": until, "reader": f"person:{user_id}"}


def install(app: Flask) -> None:
    for use in (notification_said, kind_name, notification_address, bell):
        app.add_template_global(use)
