"""Emergency announcements: made and ended by supervisors, seen on floor and console."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from flask import Blueprint, Flask, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from hotline.domain.calendar import local_day
from hotline.domain.errors import Refused
from hotline.domain.prompts.announcement import LONGEST, Announcement, require_lines, require_until
from hotline.domain.prompts.version import MAX_SECONDS, MAX_WORDS, checked_words
from hotline.domain.rights.acts import Act
from hotline.domain.time import SHANGHAI, midnight
from hotline.domain.wall_time import within_years
from hotline.services.prompts import emergencies
from hotline.services.prompts.sounds import MEGABYTES
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.query import clean
from hotline.web.kit.said import flashed
from hotline.web.prompts.labels import ORIGINS, lines_of
from hotline.web.prompts.sound_form import noted, sent_sound, sound_given, way_typed, words_typed

blueprint = Blueprint("emergency", __name__, url_prefix="/emergency")


@blueprint.get("")
@may(Act.READ_LINE)
def index() -> str:
    return _page({})


@blueprint.post("")
@may(Act.ANNOUNCE_EMERGENCY)
def announce() -> Answer | tuple[str, int]:
    context, now = web(), web().now()
    lines = [clean(each, 32) for each in request.form.getlist("lines")]
    faults: dict[str, str] = {}
    with noted(faults):
        given = sound_given()
    with noted(faults):
        checked_words(words_typed())
    with noted(faults):
        require_lines(lines, context.settings.lines)
    with noted(faults):
        until = _until(request.form.get("until", ""))
        require_until(until, now)
    if not faults:
        with noted(faults):
            emergencies.announce(context.storage, context.home, context.settings, given, lines, until, actor(), now)
    if faults:
        return _page(faults), 422
    flash(gettext("Every caller hears it from now on, within ten seconds."), "ok")
    return redirect(url_for("emergency.index"), 303)


@blueprint.post("/<int:announcement_id>/end")
@may(Act.ANNOUNCE_EMERGENCY)
def end(announcement_id: int) -> Answer:
    context = web()
    with flashed():
        emergencies.end_announcement(context.storage, announcement_id, actor(), context.now())
        flash(gettext("It has ended: nobody hears it any more."), "ok")
    return redirect(url_for("emergency.index"), 303)


@blueprint.get("/<int:announcement_id>/sound")
@may(Act.READ_LINE)
def sound(announcement_id: int) -> Response:
    found, content = emergencies.announcement_sound(web().storage, announcement_id)
    return sent_sound(content, found.sha256)


@blueprint.get("/banner")
@may(Act.READ_LINE)
def banner() -> str:
    """The part of floor and console that says what callers hear; it asks for itself again."""
    return render_template("prompts/banner.html")


def standing_announcements() -> list[Announcement]:
    """The latest first."""
    return emergencies.standing_now(web().storage, web().now())


def install(app: Flask) -> None:
    app.add_template_global(standing_announcements)
    app.add_template_global(lines_of, "prompt_lines")
    app.add_template_global(_names, "prompt_lines_of")


def _names(lines: Collection[str]) -> str:
    """All of them in one text."""
    return "、".join(map(lines_of, sorted(lines))) if lines else lines_of("")


def _page(faults: dict[str, str]) -> str:
    context, now = web(), web().now()
    sent = request.method == "POST"
    return render_template(
        "prompts/emergency.html",
        found=emergencies.see_emergencies(context.storage, now),
        faults=faults,
        way=way_typed(),
        words=words_typed() if sent else "",
        chosen=request.form.getlist("lines") if sent else list(context.settings.lines),
        until=clean(request.form.get("until", ""), 20) if sent else _typed(now + timedelta(hours=2)),
        ends=_usual_ends(now),
        lines=list(context.settings.lines),
        origins=ORIGINS,
        lines_of=lines_of,
        days=LONGEST.days,
        most_words=MAX_WORDS,
        most_seconds=MAX_SECONDS,
        megabytes=MEGABYTES,
    )


def _usual_ends(now: datetime) -> dict[str, str]:
    """Words -> as the field takes it."""
    ends = {
        gettext("1 hour"): now + timedelta(hours=1),
        gettext("2 hours"): now + timedelta(hours=2),
        gettext("end of today"): midnight(local_day(now) + timedelta(days=1)),
    }
    return {words: _typed(end) for words, end in ends.items()}


def _typed(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%dT%H:%M}"


def _until(text: str) -> datetime:
    """Raises Refused."""
    try:
        typed = datetime.fromisoformat(clean(text, 20))
    except ValueError:
        raise Refused("prompts.until_when", field="until") from None
    if typed.tzinfo is not None or not within_years(typed):
        raise Refused("prompts.until_when", field="until")
    return typed.replace(tzinfo=SHANGHAI)
