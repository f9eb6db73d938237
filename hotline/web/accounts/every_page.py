"""What every page is told: whose site it is, who reads it, in which language and which colours."""

from __future__ import annotations

from flask import Flask, request
from flask_babel import get_locale
from flask_login import current_user

from hotline.web.accounts.pages import THEME_COOKIE, THEMES
from hotline.web.kit.context import web
from hotline.web.kit.i18n import LANGUAGES


def _told() -> dict[str, object]:
    theme = request.cookies.get(THEME_COOKIE, "auto")
    return {
        "company_sign_in": web().settings.sign_in,
        "company": web().settings.site.company,
        "language": str(get_locale() or "en"),
        "languages": LANGUAGES,
        "theme": theme if theme in THEMES else "auto",
        "user": current_user.user if current_user.is_authenticated else None,
        "held_up": current_user.is_authenticated and current_user.held_up,
        "session_left": current_user.left if current_user.is_authenticated else None,
    }


def install(app: Flask) -> None:
    app.context_processor(_told)
