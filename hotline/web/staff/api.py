"""Our own people, teams and departments, for programs: addresses whole for who manages alone (A14)."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.rights.acts import Act
from hotline.services.staff.people import find_people
from hotline.services.staff.units import find_units
from hotline.services.staff.view import DepartmentView, PersonView, UnitView
from hotline.web.forms.api import answer
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web

_STAFF = Tag(name="people", description="Our own people, teams and departments")


class PeopleQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    q: str = Field("", max_length=64, description="name, pinyin, extension, team or department")
    left: bool = Field(False, description="who has left too, for supervisors and administrators")


class PersonList(BaseModel):
    """By name."""

    people: list[PersonView]


class DepartmentList(BaseModel):
    """By name, those in use first."""

    departments: list[DepartmentView]


class TeamList(BaseModel):
    """By name, those in use first."""

    teams: list[UnitView]


def register(api: APIBlueprint) -> None:
    api.get("/people", tags=[_STAFF], **stated(PersonList))(list_people)
    api.get("/departments", tags=[_STAFF], **stated(DepartmentList))(list_departments)
    api.get("/teams", tags=[_STAFF], **stated(TeamList))(list_teams)


@may_api(Act.READ_PEOPLE)
def list_people(query: PeopleQuery) -> Response:
    """Our own people as they are now."""
    context = web()
    return answer(PersonList(people=find_people(context.storage, query.q, actor(), context.now(), query.left)))


@may_api(Act.READ_PEOPLE)
def list_departments() -> Response:
    """Departments with their leaders and members now."""
    context = web()
    return answer(DepartmentList(departments=list(find_units(context.storage, actor(), context.now()).departments)))


@may_api(Act.READ_PEOPLE)
def list_teams() -> Response:
    """Teams with their leaders and members now."""
    context = web()
    return answer(TeamList(teams=list(find_units(context.storage, actor(), context.now()).teams)))
