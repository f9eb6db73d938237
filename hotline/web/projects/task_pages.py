"""Inspections and on-site surveys that are due, and their records."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from hotline.domain.errors import Conflict, Refused
from hotline.domain.projects.project import NEEDED
from hotline.domain.rights.acts import Act
from hotline.services.projects import tasks
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor, allowed
from hotline.web.kit.context import web
from hotline.web.kit.errors import STATUS
from hotline.web.kit.said import at_field
from hotline.web.projects.forms import RecordForm

blueprint = Blueprint("project_tasks", __name__, url_prefix="/projects")


@blueprint.get("/tasks")
@may(Act.RECORD_INSPECTION)
def index() -> str:
    """Everybody's for who may read projects; departments' people have their own alone."""
    context = web()
    everybody = request.args.get("whose") == "all" and allowed(Act.READ_PROJECTS)
    found = tasks.see_tasks(context.storage, not everybody, actor(), context.now())
    return render_template("projects/tasks.html", tasks=found, everybody=everybody)


@blueprint.route("/tasks/<int:round_id>", methods=["GET", "POST"])
@may(Act.RECORD_INSPECTION)
def record(round_id: int) -> AnyResponse | str | tuple[str, int]:
    context = web()
    task = tasks.see_task(context.storage, round_id, actor(), context.now())
    form = RecordForm()
    status = 200
    if form.validate_on_submit():
        try:
            tasks.record_task(context.storage, round_id, form.written(), actor(), context.now())
        except (Refused, Conflict) as error:
            at_field(form, error, "findings")
            status = STATUS[error.kind]
        else:
            flash(gettext("The record is kept."), "ok")
            return redirect(url_for("project_tasks.index"), 303)
    elif form.errors:
        status = 422
    needed = NEEDED.get(task.round.kind, ())
    return render_template("projects/record.html", form=form, task=task, needed=needed), status
