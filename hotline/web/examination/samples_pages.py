"""The sampling plan (E6): what is drawn each week, the draws with their seeds, and drawing by hand."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.examination.figures import iso_week
from hotline.domain.rights.acts import Act
from hotline.services.examination import samples as service
from hotline.services.examination.draws import latest_draws, look_at_draw
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor, allowed
from hotline.web.kit.context import web
from hotline.web.kit.said import flashed

blueprint = Blueprint("samples", __name__)

_SEED = re.compile(r"[A-Za-z0-9._:-]{0,64}")
_SHOWN = 60
_WEEKS_OFFERED = 8


@blueprint.get("/samples")
@may(Act.OVERSEE_EXAMINATIONS)
def index() -> str:
    context, now = web(), web().now()
    latest = latest_draws(context.storage, actor(), context.now(), _SHOWN)
    weeks = [iso_week(now - timedelta(days=7 * back)) for back in range(1, _WEEKS_OFFERED + 1)]
    drawn = {each.period for each in latest.draws}
    return render_template(
        "examination/samples.html",
        draws=latest.draws,
        plan=service.plan_of(context.settings),
        examiners=latest.examiners,
        weeks=[week for week in weeks if week not in drawn],
        last_week=weeks[0],
        this_week=iso_week(now),
        due_days=context.settings.examination.due_days,
        may_draw=allowed(Act.DRAW_SAMPLES),
    )


@blueprint.post("/samples")
@may(Act.DRAW_SAMPLES)
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
@may(Act.OVERSEE_EXAMINATIONS)
def show(draw_id: int) -> str:
    """What was drawn and why; done again from the seed, to see that it gives the same."""
    context = web()
    seen = look_at_draw(context.storage, draw_id, actor(), context.now())
    return render_template(
        "examination/sample.html",
        draw=seen.draw,
        drawn=seen.drawn,
        candidates=seen.candidates,
        counts=seen.counts,
        examined=seen.examined,
        call_ids=seen.call_ids,
        same=seen.same,
        changed=seen.changed,
    )
