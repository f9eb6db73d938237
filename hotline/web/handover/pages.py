"""Handing over a shift (F6): one's own page, and all hand-overs for who leads."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as AnyResponse

from hotline.domain.errors import Conflict, Refused
from hotline.domain.ids import parse_id
from hotline.domain.rights.acts import Act
from hotline.domain.time import minute_text
from hotline.services import xlsx_table
from hotline.services.handover import handover
from hotline.services.handover.seeing import SeenAll, see_all, see_own
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.downloads import xlsx_file
from hotline.web.kit.period import PERIODS, Period, read_period
from hotline.web.kit.said import flashed, said

blueprint = Blueprint("handover", __name__, url_prefix="/handover")


@blueprint.get("")
@may(Act.HAND_OVER_SHIFT)
def index() -> str:
    return _page()


@blueprint.post("")
@may(Act.HAND_OVER_SHIFT)
def write() -> AnyResponse | tuple[str, int]:
    context = web()
    passing = {found for each in request.form.getlist("passes") if (found := _matter(each)) is not None}
    to = parse_id(request.form.get("to", ""))
    try:
        handover.hand_over(context.storage, request.form.get("words", ""), passing, to, actor(), context.now())
    except (Refused, Conflict) as error:
        return _page(said(error)), 422
    flash(gettext("Handed over. Once it is accepted you are told."), "ok")
    return redirect(url_for("handover.index"))


@blueprint.post("/<int:handover_id>/accept")
@may(Act.HAND_OVER_SHIFT)
def accept(handover_id: int) -> AnyResponse:
    context = web()
    with flashed():
        count = handover.accept(context.storage, handover_id, request.form.get("answer", ""), actor(), context.now())
        words = ngettext("Accepted: %(num)s matter is yours now.", "Accepted: %(num)s matters are yours now.", count)
        flash(words, "ok")
    return redirect(url_for("handover.index"))


@blueprint.get("/all")
@may(Act.SEE_HANDOVERS)
def every() -> str:
    period = _period()
    return render_template("handover/all.html", seen=_all(period), period=period, periods=PERIODS, address=_address)


@blueprint.get("/all.xlsx")
@may(Act.SEE_HANDOVERS)
def sheet() -> Response:
    seen = _all(_period())
    names = seen.names
    header = [
        gettext("Handed over at"),
        gettext("By"),
        gettext("End of the shift"),
        gettext("Open matters"),
        gettext("Words"),
        gettext("Accepted by"),
        gettext("Accepted at"),
        gettext("Answer"),
    ]
    lines: list[list[str | int]] = [
        [
            minute_text(each.written_at),
            names.get(each.person_id, ""),
            minute_text(each.shift_ends_at),
            len(each.matters),
            each.words,
            names.get(each.accepted_by_id or 0, ""),
            minute_text(each.accepted_at),
            each.answer,
        ]
        for each in seen.handovers
    ]
    missing: list[list[str | int]] = [[each.person, minute_text(each.ends_at)] for each in seen.missing]
    book = xlsx_table.write(
        (gettext("Hand-overs"), header, lines),
        (gettext("Missing"), [gettext("Person"), gettext("End of the shift")], missing),
    )
    return xlsx_file(book, "handovers.xlsx")


def _all(period: Period) -> SeenAll:
    return see_all(web().storage, actor(), period.since, period.until, web().now())


def _period() -> Period:
    """The present week where nothing is asked for."""
    return read_period(request.args, web().now(), "week")


def _address(period: Period) -> str:
    return url_for("handover.every", **period.active)


def _matter(written: str) -> tuple[str, int] | None:
    kind, _, number = written.partition(":")
    found = parse_id(number)
    return (kind[:32], found) if found is not None else None


def _page(problem: str = "") -> str:
    """What was typed stays where something is wrong."""
    context = web()
    seen = see_own(context.storage, actor(), context.now())
    return render_template(
        "handover/handover.html",
        seen=seen,
        problem=problem,
        typed=request.form,
        chosen=set(request.form.getlist("passes")),
        now=context.now(),
    )
