"""The directory: whom callers are passed on to (A6), without their numbers for operators (A14); messages for them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from flask import Response, jsonify
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, Field

from hotline.domain import numbers
from hotline.domain.directory.directory import MAX_ENTRIES, MAX_FIELD, MAX_MESSAGE, MAX_NAME, DirectoryPerson, RegionFit
from hotline.domain.errors import Outdated
from hotline.domain.rights.acts import Act
from hotline.services.directory import directory as people
from hotline.services.directory import messages
from hotline.services.directory.acting import Away
from hotline.services.directory.messages import NewMessage, ShownMessage
from hotline.services.shown import number_shown
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor, allowed
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.schemas import MAX_INTEGER, MAX_LIMIT

_DIRECTORY = Tag(name="directory", description="Whom callers are passed on to, by subject and region (A6, A14, B9)")

#: Who passes callers on, and leaves messages.
Entry = Annotated[str, Field(min_length=1, max_length=MAX_NAME)]
Text = Annotated[str, Field(max_length=MAX_FIELD)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class DirectoryQuery(_Body):
    q: str = Field("", max_length=100, description="name, pinyin or its initials, department, title, note")
    subject: str = Field("", max_length=100)
    region: str = Field("", max_length=100, description="the caller's, e.g. 广东省深圳市")


class DirectoryPersonPath(BaseModel):
    person_id: int = Field(ge=1, le=MAX_INTEGER)


class MessagePath(BaseModel):
    message_id: int = Field(ge=1, le=MAX_INTEGER)


class DirectoryPersonFields(_Body):
    department: Text = ""
    job_title: Text = ""
    mail: Text = ""
    subjects: list[Entry] = Field([], max_length=MAX_ENTRIES)
    regions: list[Entry] = Field([], max_length=MAX_ENTRIES, description="none, or 全国: the whole country")
    note: str = Field("", max_length=MAX_MESSAGE)
    active: bool = True


class NewDirectoryPerson(DirectoryPersonFields):
    name: str = Field(min_length=1, max_length=MAX_NAME)
    number: str = Field(min_length=1, max_length=80)


class DirectoryPersonChange(NewDirectoryPerson):
    version: int = Field(ge=1, le=MAX_INTEGER)


class DirectoryPersonView(BaseModel):
    id: int
    name: str
    department: str
    job_title: str
    subjects: list[str]
    regions: list[str]
    note: str
    active: bool
    number_shown: str = Field(description="operators see none of it (A14)")
    number: str | None = Field(description="E.164, for supervisors and administrators")
    mail: str | None = Field(description="for supervisors and administrators")
    region_fit: str | None = Field(description="city, province, national, same_province, elsewhere; null unless asked")
    away_until: datetime | None = Field(description="null: they are here; told where the directory is looked through")
    acting: str = Field(description="who takes their calls while they are away; empty: they are rung themselves")
    version: int


class DirectoryPersonList(BaseModel):
    """Best fit first."""

    people: list[DirectoryPersonView]


class MessageQuery(_Body):
    open: bool = Field(False, description="true: only those not passed on yet")
    limit: int = Field(100, ge=1, le=MAX_LIMIT)
    offset: int = Field(0, ge=0, le=MAX_INTEGER)


class NewMessageBody(_Body):
    text: str = Field(min_length=1, max_length=MAX_MESSAGE)
    caller_name: str = Field("", max_length=MAX_NAME)
    caller_number: str = Field("", max_length=80, description="empty: the number of the call")
    call_id: int | None = Field(None, ge=1, le=MAX_INTEGER)


class PassedOn(_Body):
    note: str = Field("", max_length=MAX_MESSAGE)


class MessageView(BaseModel):
    id: int
    person_id: int
    person: str
    text: str
    caller_name: str
    number_shown: str
    call_id: int | None
    left_by: str
    left_at: datetime
    passed_on_at: datetime | None
    passed_on_by: str
    passed_on_note: str


class MessageList(BaseModel):
    """Those not passed on first, the longest waiting first."""

    messages: list[MessageView]


def register(api: APIBlueprint) -> None:
    one = "/directory/<int:person_id>"
    api.get("/directory", tags=[_DIRECTORY], **stated(DirectoryPersonList))(directory_found)
    api.post("/directory", tags=[_DIRECTORY], **stated(DirectoryPersonView, status=201))(new_directory_person)
    api.put(one, tags=[_DIRECTORY], **stated(DirectoryPersonView, 404, 409))(change_directory_person)
    api.delete(one, tags=[_DIRECTORY], **stated(None, 404))(remove_directory_person)
    api.post(f"{one}/messages", tags=[_DIRECTORY], **stated(MessageView, 404, status=201))(leave_message)
    api.get("/messages", tags=[_DIRECTORY], **stated(MessageList))(messages_left)
    api.post("/messages/<int:message_id>/passed-on", tags=[_DIRECTORY], **stated(MessageView, 404))(message_passed_on)


@may_api(Act.READ_DIRECTORY)
def directory_found(query: DirectoryQuery) -> Response:
    """Who is responsible, best fit first."""
    keeps = allowed(Act.SEE_DIRECTORY_NUMBERS)
    found = people.find_people(web().storage, query.q, query.subject, query.region, web().now(), keeps)
    listed = [_person(each.person, each.fit, found.away.get(each.person.id or 0)) for each in found.matches]
    return _json(DirectoryPersonList(people=listed))


@may_api(Act.EDIT_DIRECTORY)
def new_directory_person(body: NewDirectoryPerson) -> tuple[Response, int]:
    """Somebody new in the directory."""
    context = web()
    wanted = DirectoryPerson(**{**body.model_dump(), "subjects": tuple(body.subjects), "regions": tuple(body.regions)})
    added = people.add_person(context.storage, context.pbx, wanted, actor(), context.now())
    return _json(_person(added)), 201


@may_api(Act.EDIT_DIRECTORY)
def change_directory_person(path: DirectoryPersonPath, body: DirectoryPersonChange) -> Response:
    """Change somebody's entry."""
    context = web()
    changes = {**body.model_dump(exclude={"version"}), "subjects": tuple(body.subjects), "regions": tuple(body.regions)}
    try:
        done = people.change_person(
            context.storage, context.pbx, path.person_id, body.version, changes, actor(), context.now()
        )
    except Outdated:
        current = people.read_person(context.storage, path.person_id)
        raise Outdated("directory.changed_meanwhile", current=_person(current).model_dump(mode="json")) from None
    return _json(_person(done))


@may_api(Act.EDIT_DIRECTORY)
def remove_directory_person(path: DirectoryPersonPath) -> tuple[str, int]:
    """Take somebody out of the directory."""
    context = web()
    people.remove_person(context.storage, context.pbx, path.person_id, actor(), context.now())
    return "", 204


@may_api(Act.LEAVE_MESSAGE)
def leave_message(path: DirectoryPersonPath, body: NewMessageBody) -> tuple[Response, int]:
    """Leave a message instead of a number (A14)."""
    context = web()
    left = messages.leave(context.storage, path.person_id, NewMessage(**body.model_dump()), actor(), context.now())
    return _json(_message(messages.shown(context.storage, left, actor()))), 201


@may_api(Act.SEE_MESSAGES)
def messages_left(query: MessageQuery) -> Response:
    """Messages left for people of the directory."""
    context = web()
    found = messages.listed(context.storage, actor(), context.now(), query.open, query.limit, query.offset)
    return _json(MessageList(messages=[_message(each) for each in found]))


@may_api(Act.PASS_MESSAGE_ON)
def message_passed_on(path: MessagePath, body: PassedOn) -> Response:
    """The person has the message now."""
    context = web()
    done = messages.pass_on(context.storage, path.message_id, body.note, actor(), context.now())
    return _json(_message(messages.shown(context.storage, done, actor())))


def _person(person: DirectoryPerson, fit: RegionFit | None = None, away: Away | None = None) -> DirectoryPersonView:
    whole = allowed(Act.SEE_DIRECTORY_NUMBERS)
    same = {name: getattr(person, name) for name in ("name", "department", "job_title", "note", "active", "version")}
    return DirectoryPersonView(
        **same,
        id=person.id or 0,
        subjects=list(person.subjects),
        regions=list(person.regions),
        number_shown=numbers.as_dialled(person.number) if whole else "",
        number=person.number if whole else None,
        mail=person.mail if whole else None,
        region_fit=fit.name.lower() if fit is not None else None,
        away_until=away.until if away is not None else None,
        acting=away.acting if away is not None else "",
    )


def _message(shown: ShownMessage) -> MessageView:
    message = shown.message
    same = {
        name: getattr(message, name)
        for name in (
            "person_id",
            "text",
            "caller_name",
            "left_by",
            "left_at",
            "passed_on_at",
            "passed_on_by",
            "passed_on_note",
        )
    }
    return MessageView(
        **same,
        id=message.id or 0,
        person=shown.person.name if shown.person else "",
        call_id=shown.call_id,
        number_shown=number_shown(message.caller_number, shown.whole),
    )


def _json(answer: BaseModel) -> Response:
    return jsonify(answer.model_dump(mode="json"))
