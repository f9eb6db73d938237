"""The floor for supervisors, and its wallboards."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from hotline.domain.errors import NotFound
from hotline.domain.rights.acts import Act, may_ever
from hotline.services.accounts import sessions
from hotline.services.dashboards.wall import TilesOnWallboard
from hotline.services.floor.wallboard import Wallboard
from hotline.services.floor.wallboard import wallboard as wallboard_of
from hotline.services.floor.wallboard_displays import known_display
from hotline.services.line.lost_mobiles import duty_mobiles
from hotline.settings import Settings
from hotline.web.accounts.sessions import current_session_id
from hotline.web.floor import wallboard_stream
from hotline.web.floor import words as floor_words
from hotline.web.floor.api import day_book
from hotline.web.floor.wallboard_stream import WallboardFeeds
from hotline.web.held.handover import event_stream, headers_alone
from hotline.web.kit import wallboard_cookie
from hotline.web.kit.access import for_display, may, public
from hotline.web.kit.context import web
from hotline.web.push.service import push

blueprint = Blueprint("floor", __name__)

_WALLS = "hotline.walls"


@blueprint.get("/floor")
@may(Act.WATCH_FLOOR)
def index() -> str:
    """The live page. What it shows comes by the API and the push."""
    own = current_user.user.extension or ""
    settings = web().settings
    data = {
        "csrf_token": generate_csrf(),
        "reader": f"person:{current_user.user.id}",
        "own_extension": own if own in settings.operators else "",
        "listen_to_calls": settings.floor.listen_to_calls,
        "words": {**floor_words.common(), **floor_words.of_the_page()},
        **_marks(settings),
    }
    mobiles = (
        duty_mobiles(web().storage, settings, web().now()).rung
        if may_ever(Act.EDIT_ROSTER, current_user.user.roles)
        else ()
    )
    return render_template("floor/floor.html", data=data, lines=list(settings.lines), mobiles=mobiles)


@blueprint.get("/floor/wall")
@for_display
def wall() -> Response:
    """The wallboard: for a display by its cookie, or for managers."""
    settings = web().settings
    data = {
        "words": {**floor_words.common(), **floor_words.of_the_wallboard()},
        "version": wallboard_stream.version(),
        "reader": _reader(),
        **_marks(settings),
    }
    page = Response(render_template("floor/wallboard.html", data=data, queues=settings.queues), mimetype="text/html")
    if wallboard_cookie.display_of_request():
        wallboard_cookie.remember(page, wallboard_cookie.token_of_request())
    return page


@blueprint.get("/floor/wall/events")
@for_display
def wall_events() -> Response:
    """What the wallboard shows, each time that it has changed."""
    if request.method == "HEAD":
        return headers_alone()
    allowed = _still_known() if wallboard_cookie.display_of_request() else _still_signed_in()
    feed = _wallboard_feeds().open(_reader(), allowed)
    return event_stream(push().holder, feed)


def _reader() -> str:
    """Which display, or who: pages of the same one share a stream, and are counted together."""
    known = wallboard_cookie.display_of_request()
    return f"display:{known.id}" if known else f"person:{current_user.user.id}"


def _wallboard_feeds() -> WallboardFeeds:
    context, book, chosen = web(), day_book(), TilesOnWallboard()

    def compose() -> Wallboard:
        return wallboard_of(context.storage, context.settings, book, context.now(), chosen.now)

    made = WallboardFeeds(compose, context.now, push().stopping, lambda: context.settings.web.streams_each)
    walls: WallboardFeeds = current_app.extensions.setdefault(_WALLS, made)
    return walls


def _still_known() -> Callable[[], bool]:
    context, token = web(), wallboard_cookie.token_of_request()
    return lambda: known_display(context.storage, token, context.now()) is not None


def _still_signed_in() -> Callable[[], bool]:
    context, session_id = web(), current_session_id()
    return lambda: sessions.goes_on(context.storage, session_id, context.now(), context.settings.web.session_hours)


@blueprint.get("/floor/wall/enter/<string:token>")
@public
def enter(token: str) -> Response:
    """The link of a display: from now on this browser is that display."""
    if wallboard_cookie.display_of(token) is None:
        raise NotFound("floor.no_wall")
    page = redirect(url_for("floor.wall"))
    wallboard_cookie.remember(page, token)
    return page


def _marks(settings: Settings) -> dict[str, int]:
    """What the page colours by, besides the figures' targets."""
    rules = settings.rules.rules()
    return {
        "ring_cycle_seconds": settings.asterisk.ring_cycle_seconds,
        "answer_rings": rules.answered.most_rings,
        "answer_seconds": rules.answered.most_seconds,
        "quick_seconds": settings.floor.quick_seconds,
        "hold_reminder_seconds": rules.hold_prompt.every_seconds,
        "warn_minutes": rules.length.longest_minutes or 0,
    }
