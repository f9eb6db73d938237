"""The operator's console: the page itself, and what it asks for beside the API."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template
from flask_babel import gettext
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from hotline.domain.rights.acts import Act
from hotline.domain.time import minute_text
from hotline.services.operators.console import ClosedLine, console_counts
from hotline.settings import Settings
from hotline.settings.console import is_retired
from hotline.web.callbacks.labels import CALLBACK_REASONS
from hotline.web.kit.access import may
from hotline.web.kit.context import web
from hotline.web.kit.labels import DIAL_OUTCOMES, OUTCOMES
from hotline.web.kit.told.dialled import dialled_reasons, dialled_shown
from hotline.web.kit.who import known_holders
from hotline.web.operators import words_call as console_words_call
from hotline.web.operators import words_place as console_words_place

blueprint = Blueprint("console", __name__)


@blueprint.get("/console")
@may(Act.OPEN_CONSOLE)
def index() -> str:
    """The console of whoever has an extension; for others, why there is none."""
    extension = current_user.user.extension or ""
    if extension not in web().settings.operators:
        return render_template("operators/console_nobody.html", extension=extension)
    name = known_holders().name(extension, web().now())
    data = {
        **_summary(extension),
        "reader": f"person:{current_user.user.id}",
        "settings": _settings(web().settings),
        "dialled": dialled_shown(),
        "words": _words(),
        **_categories(),
    }
    return render_template("operators/console.html", data=data, name=name, extension=extension)


@blueprint.get("/console/summary")
@may(Act.OPEN_CONSOLE)
def summary() -> Response:
    """Who is signed in, with the CSRF token of this session (another one after signing in again), and counts."""
    return jsonify(_summary(current_user.user.extension or ""))


def _summary(extension: str) -> dict[str, object]:
    counts = console_counts(web().storage, web().settings, web().now())
    return {
        "extension": extension,
        "csrf_token": generate_csrf(),
        "callbacks": counts.callbacks,
        "closed": [_closed(line) for line in counts.closed],
        "all_closed": counts.all_closed,
    }


def _closed(line: ClosedLine) -> str:
    """Why no call comes on it now, and until when."""
    number, until = line.number_shown, minute_text(line.until) if line.until else "–"
    if line.declared is None:
        return gettext("Line %(line)s is closed by its hours; it opens at %(until)s.", line=number, until=until)
    why = line.declared or "–"
    return gettext("Line %(line)s is declared closed until %(until)s: %(reason)s", line=number, until=until, reason=why)


def _settings(settings: Settings) -> dict[str, object]:
    """What the page goes by besides what GET /api/v1/console/me says."""
    return {
        "ring_cycle_seconds": settings.asterisk.ring_cycle_seconds,
        "pause_reasons": dict(settings.console.pause_reasons),
        "recording": settings.recording.enabled,
        "dials": settings.callback_trunk.is_there,
    }


def _categories() -> dict[str, dict[str, str]]:
    """Of each category: its name, and the subject by which the directory is searched (A6); and which one a menu
    choice leads to, the first that names it."""
    categories = web().settings.categories
    return {
        "categories": {each: category.name for each, category in categories.items()},
        "subjects": {each: category.subject for each, category in categories.items()},
        "by_menu": {
            subject: each
            for each, category in reversed(categories.items())
            if not is_retired(categories, each)
            for subject in category.menu_subjects
        },
    }


def _words() -> dict[str, str]:
    """In the language of this person."""
    words = {**console_words_call.WORDS, **console_words_place.WORDS}
    named = {key: str(text) for key, text in words.items()}
    named |= {f"outcome.{outcome}": str(label.text) for outcome, label in OUTCOMES.items()}
    named |= {f"callback.{reason}": str(label.text) for reason, label in CALLBACK_REASONS.items()}
    named |= {f"dialled_for.{code}": said for code, said in dialled_reasons().items()}
    return named | {f"dial_outcome.{outcome}": str(label.text) for outcome, label in DIAL_OUTCOMES.items()}
