"""Projects: found, entered, looked at with their visits, inspections and surveys (E8)."""

from __future__ import annotations

from math import ceil

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from hotline.domain.calendar import local_day
from hotline.domain.errors import Conflict, NotFound, Outdated, Refused
from hotline.domain.ids import parse_id
from hotline.domain.numbers import as_dialled
from hotline.domain.projects.project import Project, ProjectFilter
from hotline.domain.rights.acts import Act
from hotline.domain.rights.seeing import may_see
from hotline.services import xlsx_table
from hotline.services.customers.customers import read_customer
from hotline.services.projects import projects
from hotline.services.projects.choosing import choose_customer, people_to_choose
from hotline.services.projects.table import export_projects
from hotline.services.shown import number_shown
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor, allowed
from hotline.web.kit.context import web
from hotline.web.kit.downloads import xlsx_file
from hotline.web.kit.errors import STATUS
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE, page_asked
from hotline.web.kit.query import clean
from hotline.web.kit.said import at_field
from hotline.web.kit.version_sent import version_sent
from hotline.web.projects.forms import ProjectForm
from hotline.web.projects.labels import RECORD

blueprint = Blueprint("projects", __name__, url_prefix="/projects")

Answer = AnyResponse | str | tuple[str, int]

#: Which projects: those that are looked after, those that are over, all.
_ENDED = {"": False, "ended": True, "all": None}


@blueprint.get("")
@may(Act.READ_PROJECTS)
def index() -> str:
    context, query = web(), clean(request.args.get("q", ""))
    which = request.args.get("which", "")
    which = which if which in _ENDED else ""
    page = page_asked(request.args, MAX_PAGE)
    wanted = ProjectFilter(tuple(query.split()), parse_id(request.args.get("customer", "")), _ENDED[which])
    found = projects.find_projects(context.storage, wanted, actor(), context.now(), PAGE_SIZE, (page - 1) * PAGE_SIZE)
    return render_template(
        "projects/projects.html",
        found=found,
        query=query,
        which=which,
        customer_id=wanted.customer_id,
        page=page,
        page_size=PAGE_SIZE,
        pages=min(max(ceil(found.total / PAGE_SIZE), 1), MAX_PAGE),
        today=local_day(context.now()),
    )


@blueprint.get("/export.xlsx")
@may(Act.EXPORT_PROJECTS)
def export() -> Response:
    context = web()
    header, lines = export_projects(context.storage, actor(), context.now())
    book = xlsx_table.write((gettext("Projects"), header, lines))
    return xlsx_file(book, f"projects-{context.now():%Y%m%d}.xlsx")


@blueprint.get("/<int:project_id>")
@may(Act.READ_PROJECTS)
def show(project_id: int) -> str:
    context = web()
    seen = projects.see_project(context.storage, project_id, actor(), context.now())
    whole = may_see(seen.sight, seen.project.number)
    return render_template(
        "projects/project.html",
        seen=seen,
        project=seen.project,
        today=local_day(context.now()),
        number=number_shown(seen.project.number, whole) if seen.project.number else "",
        record=RECORD,
    )


@blueprint.route("/new", methods=["GET", "POST"])
@may(Act.EDIT_PROJECTS)
def new() -> Answer:
    context = web()
    form = ProjectForm().with_people(people_to_choose(context.storage, actor(), context.now()))
    if request.method == "GET" and (asked := parse_id(request.args.get("customer", ""))) is not None:
        customer = read_customer(context.storage, asked)
        form.customer.data = f"#{customer.id} {customer.company or customer.name}".strip()
    if not form.validate_on_submit():
        return _page(form, None)
    try:
        customer_id = choose_customer(context.storage, form.customer.data or "", actor())
        wanted = Project(**form.values(customer_id))  # type: ignore[arg-type]
        added = projects.add_project(context.storage, context.settings, wanted, actor(), context.now())
    except (Refused, Conflict, NotFound) as error:
        at_field(form, error, "customer" if isinstance(error, NotFound) else "name", {"customer_id": "customer"})
        return _shown(form, None), STATUS[error.kind]
    flash(gettext("Saved."), "ok")
    return redirect(url_for("projects.show", project_id=added.id), 303)


@blueprint.route("/<int:project_id>/edit", methods=["GET", "POST"])
@may(Act.EDIT_PROJECTS)
def edit(project_id: int) -> Answer:
    context = web()
    project = projects.read_project(context.storage, project_id, actor())
    form = ProjectForm(obj=project)
    if request.method == "GET":
        customer = read_customer(context.storage, project.customer_id)
        form.version.data = str(project.version)
        form.customer.data = f"#{customer.id} {customer.company or customer.name}".strip()
        form.number.data = as_dialled(project.number) if project.number else ""
    form.with_people(people_to_choose(context.storage, actor(), context.now()))
    if not form.validate_on_submit():
        return _page(form, project)
    try:
        customer_id = choose_customer(context.storage, form.customer.data or "", actor())
        projects.change_project(
            context.storage,
            context.settings,
            project_id,
            version_sent(),
            form.values(customer_id),
            actor(),
            context.now(),
        )
    except Outdated:
        form.version.data = str(project.version)
        return _shown(form, project, outdated=True), 409
    except (Refused, Conflict, NotFound) as error:
        at_field(form, error, "customer" if isinstance(error, NotFound) else "name", {"customer_id": "customer"})
        return _shown(form, project), STATUS[error.kind]
    flash(gettext("Saved."), "ok")
    return redirect(url_for("projects.show", project_id=project_id), 303)


def _page(form: ProjectForm, project: Project | None) -> str | tuple[str, int]:
    shown = _shown(form, project)
    return (shown, 422) if form.errors else shown


def _shown(form: ProjectForm, project: Project | None, outdated: bool = False) -> str:
    return render_template(
        "projects/form.html", form=form, project=project, outdated=outdated, whole=allowed(Act.SEE_NUMBERS)
    )
