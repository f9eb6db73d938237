"""The operator's own page: results of their examined calls, appeals against them, corrective actions."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.rights.acts import Act
from hotline.services.examination import appeals as appeal_service
from hotline.services.examination import corrective_actions as action_service
from hotline.services.examination.own_results import FIGURES_DAYS, look_at_own_result, own_results, require_own
from hotline.services.quality.score_forms import MAX_ITEMS
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE, page_asked
from hotline.web.kit.said import flashed

blueprint = Blueprint("my_results", __name__)


@blueprint.get("/my-results")
@may(Act.SEE_OWN_RESULTS)
def index() -> str:
    """Whoever has no extension has no calls, and so no results."""
    context, who, page = web(), actor(), page_asked(request.args, MAX_PAGE)
    found = own_results(context.storage, context.settings, who, context.now(), PAGE_SIZE, (page - 1) * PAGE_SIZE)
    return render_template(
        "examination/my_results.html",
        rows=found.rows,
        total=found.total,
        page=page,
        pages=-(-found.total // PAGE_SIZE),
        orders=found.orders,
        deadlines=found.deadlines,
        figures=found.figures,
        days=FIGURES_DAYS,
        extension=who.extension,
    )


@blueprint.get("/my-results/<int:examination_id>")
@may(Act.SEE_OWN_RESULTS)
def show(examination_id: int) -> str:
    """That it was looked at is kept with the examination."""
    return _page(examination_id)


@blueprint.post("/my-results/<int:examination_id>/appeal")
@may(Act.SEE_OWN_RESULTS)
def appeal(examination_id: int) -> Response | tuple[str, int]:
    context = web()
    require_own(context.storage, examination_id, actor())
    with flashed():
        reason, items = request.form.get("reason", "")[:10_000], request.form.getlist("items")[:MAX_ITEMS]
        appeal_service.appeal(context.storage, context.settings, examination_id, reason, actor(), context.now(), items)
        flash(gettext("The appeal is made; another examiner decides."), "ok")
        return redirect(url_for("my_results.show", examination_id=examination_id))
    return _page(examination_id), 422


@blueprint.post("/my-results/orders/<int:order_id>/done")
@may(Act.SEE_OWN_RESULTS)
def done(order_id: int) -> Response:
    context = web()
    with flashed():
        action_service.report_done(
            context.storage, order_id, request.form.get("note", "")[:10_000], actor(), context.now()
        )
        flash(gettext("Reported; an examiner checks it."), "ok")
    return redirect(url_for("my_results.index"))


def _page(examination_id: int) -> str:
    context = web()
    seen = look_at_own_result(context.storage, context.settings, examination_id, actor(), context.now())
    return render_template(
        "examination/my_result.html",
        view=seen.result,
        broken=seen.broken,
        recording=seen.recording_id,
        first=seen.first_points,
        typed=request.form.get("reason", ""),
        ticked=request.form.getlist("items"),
        appeal_days=context.settings.examination.appeal_days,
    )
