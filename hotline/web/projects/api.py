"""Projects for other systems: an ERP enters what was delivered, and reads what was done for it (E8)."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel

from hotline.domain.projects.project import Project, ProjectFilter
from hotline.domain.rights.acts import Act
from hotline.domain.rights.seeing import may_see
from hotline.services.projects import projects, tasks
from hotline.services.shown import number_shown
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor, allowed
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.projects.schemas import (
    NewProjectBody,
    ProjectChangeBody,
    ProjectList,
    ProjectPath,
    ProjectQuery,
    ProjectRecordBody,
    ProjectRoundView,
    ProjectTaskPath,
    ProjectView,
    ProjectWithRounds,
    project_view,
    round_view,
    with_rounds,
)

_TAG = Tag(name="projects", description="Projects that were delivered, visited again and again (E8)")


def register(api: APIBlueprint) -> None:
    one = "/projects/<int:project_id>"
    api.get("/projects", tags=[_TAG], **stated(ProjectList))(projects_found)
    api.post("/projects", tags=[_TAG], **stated(ProjectView, 404, 409, status=201))(new_project)
    api.get(one, tags=[_TAG], **stated(ProjectWithRounds, 404))(read_project)
    api.put(one, tags=[_TAG], **stated(ProjectView, 404, 409))(change_project)
    api.post("/project-tasks/<int:round_id>/record", tags=[_TAG], **stated(ProjectRoundView, 404, 409))(
        record_project_task
    )


@may_api(Act.READ_PROJECTS)
def projects_found(query: ProjectQuery) -> Response:
    """Projects by words, customer, and whether they are over."""
    wanted = ProjectFilter(tuple(query.q.split()), query.customer_id, query.ended)
    found = projects.find_projects(web().storage, wanted, actor(), web().now(), query.limit, query.offset)
    return _answer(ProjectList(projects=[_shown(each.project) for each in found.projects], total=found.total))


@may_api(Act.EDIT_PROJECTS)
def new_project(body: NewProjectBody) -> Response:
    """Enter what was delivered to a customer."""
    wanted = Project(**_values(body))  # type: ignore[arg-type]
    added = projects.add_project(web().storage, web().settings, wanted, actor(), web().now())
    return _answer(_shown(added), 201)


@may_api(Act.READ_PROJECTS)
def read_project(path: ProjectPath) -> Response:
    """One project, with its visits, inspections and surveys."""
    seen = projects.see_project(web().storage, path.project_id, actor(), web().now())
    whole = may_see(seen.sight, seen.project.number)
    return _answer(with_rounds(seen, number_shown(seen.project.number, whole) if seen.project.number else ""))


@may_api(Act.EDIT_PROJECTS)
def change_project(path: ProjectPath, body: ProjectChangeBody) -> Response:
    """Change it; what is due after its end is called off."""
    changed = projects.change_project(
        web().storage, web().settings, path.project_id, body.version, _values(body), actor(), web().now()
    )
    return _answer(_shown(changed))


@may_api(Act.RECORD_INSPECTION)
def record_project_task(path: ProjectTaskPath, body: ProjectRecordBody) -> Response:
    """Write the record of an inspection or survey, which ends it."""
    done = tasks.record_task(web().storage, path.round_id, body.model_dump(), actor(), web().now())
    return _answer(round_view(done))


def _values(body: NewProjectBody) -> dict[str, object]:
    number = projects.parse_number(body.number, web().settings.numbers.outside_prefixes)
    return {**body.model_dump(exclude={"version"}), "number": number}


def _shown(project: Project) -> ProjectView:
    return project_view(project, number_shown(project.number, allowed(Act.SEE_NUMBERS)) if project.number else "")


def _answer(told: BaseModel, status: int = 200) -> Response:
    return Response(told.model_dump_json(), status, mimetype="application/json")
