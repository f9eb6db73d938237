"""The register of trainings (F11): by person and training, and what belongs to one training."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from hotline.domain.errors import Conflict, Outdated, Refused
from hotline.domain.rights.acts import Act
from hotline.domain.trainings.training import Training
from hotline.services import xlsx_table
from hotline.services.trainings import trainings
from hotline.services.trainings.seeing import Register, see_register, see_training
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.downloads import xlsx_file
from hotline.web.kit.formats import whole_day
from hotline.web.kit.said import at_field, flashed
from hotline.web.kit.version_sent import version_sent
from hotline.web.trainings.forms import ResultForm, TrainingForm
from hotline.web.trainings.labels import HOLDINGS

blueprint = Blueprint("trainings", __name__, url_prefix="/trainings")

Page = AnyResponse | str | tuple[str, int]


@blueprint.get("")
@may(Act.SEE_TRAININGS)
def index() -> str:
    lacking = request.args.get("lacking") == "yes"
    register = _register()
    rows = [each for each in register.rows if each.lacks] if lacking else register.rows
    return render_template("trainings/register.html", register=register, rows=rows, lacking=lacking)


@blueprint.get("/trainings.xlsx")
@may(Act.SEE_TRAININGS)
def sheet() -> Response:
    register = _register()
    header = [gettext("Person"), gettext("Extension"), *(each.name for each in register.trainings)]
    lines = ([row.name, row.extension, *_cells(register, row.person_id)] for row in register.rows)
    return xlsx_file(xlsx_table.write((gettext("Trainings"), header, lines)), "trainings.xlsx")


def _cells(register: Register, person_id: int) -> list[str]:
    """What stands below each training."""
    row = next(each for each in register.rows if each.person_id == person_id)
    found = []
    for training in register.trainings:
        held = row.held[training.id or 0]
        day = whole_day(held.latest.taken_at) if held.latest else ""
        needed = gettext("needed") if held.needed else ""
        found.append(" ".join(part for part in (str(HOLDINGS[held.holding].text), day, needed) if part))
    return found


@blueprint.route("/new", methods=["GET", "POST"])
@may(Act.KEEP_TRAININGS)
def new() -> Page:
    context, form = web(), TrainingForm()
    form.offer({key: queue.name for key, queue in context.settings.queues.items()})
    if form.validate_on_submit():
        try:
            added = trainings.add_training(
                context.storage, context.settings, form.training(None), actor(), context.now()
            )
        except (Refused, Conflict) as error:
            at_field(form, error, "name")
        else:
            flash(gettext("Saved."), "ok")
            return redirect(url_for("trainings.show", training_id=added.id))
    shown = render_template("trainings/new.html", form=form)
    return (shown, 422) if form.errors else shown


@blueprint.route("/<int:training_id>", methods=["GET", "POST"])
@may(Act.KEEP_TRAININGS)
def show(training_id: int) -> Page:
    """What it is, and its results; written anew."""
    context, form = web(), TrainingForm()
    if request.method == "GET":
        return _page(training_id, None, ResultForm(formdata=None))
    try:
        if form.validate():
            version = version_sent()
            changed = form.training(training_id)
            trainings.change_training(context.storage, context.settings, changed, version, actor(), context.now())
            flash(gettext("Saved."), "ok")
            return redirect(url_for("trainings.show", training_id=training_id))
    except (Refused, Conflict, Outdated) as error:
        at_field(form, error, "name")
    return _page(training_id, form, ResultForm(formdata=None), 422)


@blueprint.post("/<int:training_id>/results")
@may(Act.KEEP_TRAININGS)
def enter(training_id: int) -> Page:
    context, form = web(), ResultForm()
    try:
        if form.validate():
            added, changed = trainings.enter_results(
                context.storage, training_id, form.results(), actor(), context.now()
            )
            flash(gettext("%(added)s results entered, %(changed)s changed.", added=added, changed=changed), "ok")
            return redirect(url_for("trainings.show", training_id=training_id))
    except Refused as error:
        at_field(form, error, "persons")
    return _page(training_id, None, form, 422)


@blueprint.post("/results/<int:result_id>/remove")
@may(Act.KEEP_TRAININGS)
def remove(result_id: int) -> AnyResponse:
    context = web()
    with flashed():
        gone = trainings.remove_result(context.storage, result_id, actor(), context.now())
        flash(gettext("The result is removed."), "ok")
        return redirect(url_for("trainings.show", training_id=gone.training_id))
    return redirect(url_for("trainings.index"))


def _register() -> Register:
    context = web()
    return see_register(context.storage, context.settings, actor(), context.now())


def _page(training_id: int, form: TrainingForm | None, results: ResultForm, status: int = 200) -> Page:
    context = web()
    seen = see_training(context.storage, context.settings, training_id, actor(), context.now())
    form = form or _shown(seen.training)
    form.offer(seen.queues)
    results.offer(seen.people, context.now())
    shown = render_template("trainings/training.html", seen=seen, form=form, results=results)
    return shown if status == 200 else (shown, status)


def _shown(training: Training) -> TrainingForm:
    form = TrainingForm(formdata=None)
    form.show(training)
    return form
