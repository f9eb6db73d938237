"""The floor for supervisors, and the display on its wall."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, stream_with_context, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from hotline.domain.records import STEERING
from hotline.settings import Settings
from hotline.web import display, wall_stream
from hotline.web.access import for_display, for_roles, public
from hotline.web.context import web
from hotline.web.pages import floor_words

blueprint = Blueprint("floor", __name__)


@blueprint.get("/floor")
@for_roles(*STEERING)
def index() -> str:
    """The live page. What it shows comes by the API and the push."""
    own = current_user.user.extension or ""
    settings = web().settings
    data = {
        "csrf_token": generate_csrf(),
        "own_extension": own if own in settings.operators else "",
        "listen_to_calls": settings.floor.listen_to_calls,
        "words": {**floor_words.common(), **floor_words.of_the_page()},
        **_marks(settings),
    }
    return render_template("floor.html", data=data)


@blueprint.get("/floor/wall")
@for_display
def wall() -> Response:
    """The wall: for a display by its cookie, or for whoever steers."""
    settings = web().settings
    data = {"words": {**floor_words.common(), **floor_words.of_the_wall()}, "version": wall_stream.version(),
            **_marks(settings)}
    page = Response(render_template("wall.html", data=data, queues=settings.queues), mimetype="text/html")
    if display.display_of_request():
        display.remember(page, display.token_of_request())
    return page


@blueprint.get("/floor/wall/events")
@for_display
def wall_events() -> Response:
    """What the wall shows, anew each time that it has changed."""
    known = display.display_of_request()
    token = display.token_of_request() if known else ""
    events = stream_with_context(wall_stream.events(token))
    return Response(events, mimetype="text/event-stream",  # type: ignore[arg-type]
                    headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


@blueprint.get("/floor/wall/enter/<string:token>")
@public
def enter(token: str) -> Response:
    """The link of a display: from now on this browser is that display."""
    if display.display_of(token) is None:
        raise NotFound()
    page = redirect(url_for("floor.wall"))
    display.remember(page, token)
    return page


def _marks(settings: Settings) -> dict[str, int]:
    """What the page colours by, besides the figures' targets."""
    return {
        "ring_cycle_seconds": settings.asterisk.ring_cycle_seconds,
        "answer_rings": settings.console.answer_rings,
        "answer_seconds": settings.console.answer_seconds,
        "quick_seconds": settings.floor.quick_seconds,
        "hold_reminder_seconds": settings.hold.reminder_seconds,
        "warn_minutes": max(settings.console.warn_minutes, default=0),
    }
