"""What somebody has still to read, where they begin: on the console, and after signing in."""

from __future__ import annotations

from flask import Flask

from hotline.domain.bulletins.bulletin import Bulletin
from hotline.services.bulletins.seeing import unread_of
from hotline.web.kit.actor import actor_or_none
from hotline.web.kit.context import web


def unread_bulletins() -> list[Bulletin]:
    """The oldest first."""
    who = actor_or_none()
    return unread_of(web().storage, who, web().now()) if who is not None else []


def install(app: Flask) -> None:
    app.add_template_global(unread_bulletins)
