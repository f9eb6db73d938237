"""Return visits (回访): the lists, and one visit with what is said, asked and written down."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import Response as Download
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.calendar import local_day
from hotline.domain.errors import WrongFields
from hotline.domain.rights.acts import Act
from hotline.domain.visits.visit import VisitWay
from hotline.services.visits import doing
from hotline.services.visits.export import export_visits
from hotline.services.visits.listing import MOST_COUNTED, see_visits
from hotline.services.visits.of_case import visit_of_case
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.downloads import xlsx_file
from hotline.web.visits.asked import asked_visits
from hotline.web.visits.cells import cell_words
from hotline.web.visits.labels import COLUMNS, ORIGINS, RESULTS, TABS
from hotline.web.visits.page import moment_typed, visit_page

blueprint = Blueprint("visits", __name__, url_prefix="/visits")


@blueprint.get("")
@may(Act.SEE_VISITS)
def index() -> str:
    asked, now = asked_visits(), web().now()
    seen = see_visits(web().storage, web().settings, asked.wanted, actor(), now, asked.after)
    return render_template(
        "visits/visits.html",
        seen=seen,
        asked=asked,
        tabs=TABS,
        origins=ORIGINS,
        results=RESULTS,
        most_counted=MOST_COUNTED,
        now=now,
    )


@blueprint.get("/export.xlsx")
@may(Act.EXPORT_VISITS)
def export() -> Download:
    asked, now = asked_visits().wanted, web().now()
    names = {column: str(words) for column, words in COLUMNS.items()}
    book = export_visits(web().storage, asked, names, cell_words, gettext("Return visits"), actor(), now)
    return xlsx_file(book, f"visits-{local_day(now):%Y%m%d}.xlsx")


@blueprint.post("")
@may(Act.PLAN_VISIT)
def plan() -> Response:
    form = request.form
    try:
        way = VisitWay(form.get("way", VisitWay.CALL.value))
        planned = doing.plan_visit(
            web().storage,
            web().settings,
            form.get("number", "")[:64],
            form.get("purpose", "")[:200],
            way,
            moment_typed(form.get("due_by", ""), "due_by"),
            actor(),
            web().now(),
        )
    except (WrongFields, ValueError):
        flash(gettext("A number that can be called, what for, and a time that lies ahead were expected."), "bad")
        return redirect(url_for("visits.index"))
    flash(gettext("The visit is planned."), "ok")
    return redirect(url_for("visits.show", visit_id=planned.id))


@blueprint.get("/of-case/<int:case_id>")
@may(Act.SEE_VISITS)
def of_case(case_id: int) -> Response:
    """The visit that this case waits for, or the last that was made of it."""
    found = visit_of_case(web().storage, case_id, actor())
    return redirect(url_for("visits.show", visit_id=found))


@blueprint.get("/<int:visit_id>")
@may(Act.SEE_VISITS)
def show(visit_id: int) -> str:
    return visit_page(visit_id)


@blueprint.post("/<int:visit_id>/number")
@may(Act.REVEAL_NUMBER)
def number(visit_id: int) -> str:
    """The visit with the number whole, for whoever makes it."""
    doing.reveal_number(web().storage, visit_id, actor(), web().now())
    return visit_page(visit_id, revealed=True)
