"""The sampling plan (E6): what is drawn each week, the draws with their seeds, and drawing by hand."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.errors import NotFound
from hotline.domain.examination.figures import iso_week
from hotline.domain.examination.records import ExaminationFilter
from hotline.domain.examination.sample import draw as drawn_of
from hotline.domain.people import EXAMINING, OVERSEERS
from hotline.services.examination import samples as service
from hotline.services.examination.improvement_view import draw_view
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.examination.plans import SampleStore
from hotline.storage.examination.store import ExaminationStore
from hotline.web.kit.access import for_roles
from hotline.web.kit.actor import actor
from hotline.web.kit.asked import operators
from hotline.web.kit.context import web
from hotline.web.kit.said import flashed

blueprint = Blueprint("samples", __name__)

_SEED = re.compile(r"[A-Za-z0-9._:-]{0,64}")
_SHOWN = 60
_WEEKS_OFFERED = 8


@blueprint.get("/samples")
@for_roles(*OVERSEERS)
def index() -> str:
    context, now = web(), web().now()
    with context.storage.reading() as tx:
        draws = [draw_view(each) for each in SampleStore(tx).latest(_SHOWN)]
        examiners = service.examiners(tx)
    weeks = [iso_week(now - timedelta(days=7 * back)) for back in range(1, _WEEKS_OFFERED + 1)]
    drawn = {each.period for each in draws}
    return render_template(
        "examination/samples.html",
        draws=draws,
        plan=service.plan_of(context.settings),
        examiners=examiners,
        weeks=[week for week in weeks if week not in drawn],
        last_week=weeks[0],
        this_week=iso_week(now),
        due_days=context.settings.examination.due_days,
        may_draw=actor().has_role(*EXAMINING),
    )


@blueprint.post("/samples")
@for_roles(*EXAMINING)
def draw() -> Response:
    context, seed = web(), request.form.get("seed", "").strip()
    if not _SEED.fullmatch(seed):
        flash(gettext("A seed has at most 64 letters, digits and . _ : -"), "bad")
        return redirect(url_for("samples.index"))
    with flashed():
        done = service.draw_week(
            context.storage, context.settings, request.form.get("week", ""), actor(), context.now(), seed
        )
        flash(
            gettext(
                "%(drawn)s of %(candidates)s calls drawn, %(assigned)s shared out.",
                drawn=len(done.draw.drawn),
                candidates=done.draw.candidates,
                assigned=done.assigned,
            ),
            "ok",
        )
        return redirect(url_for("samples.show", draw_id=done.draw.id))
    return redirect(url_for("samples.index"))


@blueprint.get("/samples/<int:draw_id>")
@for_roles(*OVERSEERS)
def show(draw_id: int) -> str:
    """What was drawn and why; done again from the seed, to see that it gives the same."""
    context = web()
    with context.storage.writing() as tx:
        draw = SampleStore(tx).by_id(draw_id)
        if draw is None:
            raise NotFound("examination.no_draw", id=draw_id)
        since, until = service.week_bounds(draw.period)
        candidates = {each.key: each for each in SampleStore(tx).candidates(since, until)}
        made = ExaminationStore(tx).search(ExaminationFilter(draw_id=draw_id), len(draw.drawn) + 1)
        ids = {(node, linkedid): CallStore(tx).id_of(node, linkedid) for node, linkedid, _why in draw.drawn}
        AuditLog(tx).add(context.now(), actor().name, "draw.view", f"draw:{draw_id}", draw.period)
    again = drawn_of(candidates.values(), service.plan_from(draw.plan), draw.seed)
    same = {(each.candidate.node, each.candidate.linkedid, each.why.value) for each in again} == set(draw.drawn)
    counts = Counter(each.extension for each in candidates.values())
    return render_template(
        "examination/sample.html",
        draw=draw_view(draw),
        drawn=draw.drawn,
        candidates=candidates,
        counts=counts,
        examined={(each.node, each.linkedid): each for each in made},
        call_ids=ids,
        same=same,
        changed=len(candidates) != draw.candidates,
        operators=operators(),
    )
