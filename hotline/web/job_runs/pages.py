"""The jobs: when each ran last, how long it took, what came of it, and when it comes next."""

from __future__ import annotations

from math import ceil

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.rights.acts import Act
from hotline.services.job_runs import job_runs
from hotline.web.job_runs.words import job_word
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.paging import page_asked
from hotline.web.kit.said import flashed

blueprint = Blueprint("job_runs", __name__, url_prefix="/admin/jobs")

PAGE_SIZE = 50
MAX_PAGE = 2000

blueprint.app_template_filter("job_word")(job_word)


@blueprint.get("")
@may(Act.SEE_JOBS)
def index() -> str:
    """The page; for htmx only the table, which goes on without a reload."""
    context, partial = web(), bool(request.headers.get("HX-Request"))
    jobs = job_runs.look(context.storage, actor(), context.now(), noted=not partial)
    return render_template("job_runs/table.html" if partial else "job_runs/index.html", jobs=jobs)


@blueprint.get("/<name>")
@may(Act.SEE_JOBS)
def show(name: str) -> str:
    """A month of it."""
    page = page_asked(request.args, MAX_PAGE)
    found = job_runs.history(web().storage, name, actor(), PAGE_SIZE, (page - 1) * PAGE_SIZE)
    pages = min(max(ceil(found.count / PAGE_SIZE), 1), MAX_PAGE)
    return render_template("job_runs/job.html", found=found, page=page, pages=pages, page_size=PAGE_SIZE)


@blueprint.post("/<name>/run")
@may(Act.RUN_JOBS)
def run(name: str) -> Response:
    with flashed():
        job_runs.run_now(web().storage, name, actor(), web().now())
        flash(gettext("It is run within seconds; this page says what came of it."), "ok")
    return redirect(url_for("job_runs.index"))
