"""Log forms, 《400热线电话接听记录单》, and what is opened from them."""

from __future__ import annotations

import logging

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel

from hotline.domain.callbacks.owed import CallbackReason
from hotline.domain.rights.acts import Act
from hotline.services.callbacks import by_hand
from hotline.services.cases import opening
from hotline.services.cases.opening import NewCase
from hotline.services.cases.view import BlockRequestView, CaseView, block_request_view, case_view, category_views
from hotline.services.forms import duty_links
from hotline.services.forms import follow_ups as form_actions
from hotline.services.forms import saving as form_saving
from hotline.services.forms.search import AskedForms
from hotline.services.forms.seeing import see_form, see_forms
from hotline.services.forms.view import FormView
from hotline.services.operators.form_wrap_up import finish_form_and_wrap_up
from hotline.services.said import saying
from hotline.services.shown import number_shown
from hotline.web.forms.schemas import (
    BlockBody,
    CallbackBody,
    CallbackOpened,
    CallFormBody,
    CaseBody,
    CategoryList,
    DoneBody,
    FormChangeBody,
    FormList,
    FormPath,
    FormQuery,
    LinkMade,
    PromiseKeptBody,
)
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.said import said
from hotline.web.kit.schemas import CallPath
from hotline.web.kit.shown import sees_whole_numbers

log = logging.getLogger(__name__)

_FORMS = Tag(name="forms", description="The log forms, and what is opened from them")


#: Who writes records. Examiners read them: who examines a service does not write its records (F5).
def register(api: APIBlueprint) -> None:
    form = "/forms/<int:form_id>"
    api.get("/forms", tags=[_FORMS], **stated(FormList))(list_forms)
    api.get(form, tags=[_FORMS], **stated(FormView, 404))(read_form)
    api.put(form, tags=[_FORMS], **stated(FormView, 404, 409))(save_form)
    api.put("/calls/<int:call_id>/form", tags=[_FORMS], **stated(FormView, 404, 409))(save_form_of_call)
    api.post(f"{form}/done", tags=[_FORMS], **stated(FormView, 404, 409))(finish_form)
    api.post(f"{form}/promise-kept", tags=[_FORMS], **stated(FormView, 404, 409))(keep_promise)
    api.post(f"{form}/callback", tags=[_FORMS], **stated(CallbackOpened, 404, status=201))(open_callback)
    api.post(f"{form}/case", tags=[_FORMS], **stated(CaseView, 404, status=201))(open_case)
    api.post(f"{form}/block-request", tags=[_FORMS], **stated(BlockRequestView, 404, 409, status=201))(ask_to_block)
    api.post(f"{form}/link", tags=[_FORMS], **stated(LinkMade, 404, 409, status=201))(make_duty_link)
    api.get("/categories", tags=[_FORMS], **stated(CategoryList))(list_categories)


@may_api(Act.READ_RECORDS)
def list_forms(query: FormQuery) -> Response:
    """Records: one's own, or everybody's for who examines or supervises."""
    context = web()
    asked = AskedForms(query.state, query.owner, query.origin, query.category, query.q)
    seen = see_forms(context.storage, context.settings, asked, query.limit, query.offset, actor(), context.now())
    return answer(FormList(total=seen.total, limit=query.limit, offset=query.offset, forms=list(seen.forms)))


@may_api(Act.READ_RECORD)
def read_form(path: FormPath) -> Response:
    """One record. Any operator may read it: callers come back to somebody else."""
    context = web()
    return answer(see_form(context.storage, context.settings, path.form_id, actor(), context.now()).form)


@may_api(Act.WRITE)
def save_form(path: FormPath, body: FormChangeBody) -> Response:
    """Write some fields: a draft need not be complete."""
    context = web()
    form = form_saving.save_form(
        context.storage, context.settings, path.form_id, body.version, body.changes(), actor(), context.now()
    )
    return answer(form)


@may_api(Act.BEGIN)
def save_form_of_call(path: CallPath, body: CallFormBody) -> Response:
    """The log form of a call, begun if it has none; with some fields written if there are any."""
    context = web()
    form = form_saving.form_of_call(
        context.storage, context.settings, path.call_id, body.changes(), body.version, actor(), context.now()
    )
    return answer(form)


@may_api(Act.WRITE)
def finish_form(path: FormPath, body: DoneBody) -> Response:
    """The record is done; the owner's time for writing up is over."""
    context = web()
    done = finish_form_and_wrap_up(
        context.storage, context.settings, context.pbx, path.form_id, body.version, actor(), context.now()
    )
    return answer(done)


@may_api(Act.KEEP_PROMISE)
def keep_promise(path: FormPath, body: PromiseKeptBody) -> Response:
    """The caller has heard from us (B6)."""
    context = web()
    form = form_saving.keep_promise(context.storage, context.settings, path.form_id, body.note, actor(), context.now())
    return answer(form)


@may_api(Act.OPEN_CALLBACK)
def open_callback(path: FormPath, body: CallbackBody) -> tuple[Response, int]:
    """Call the caller back from another line."""
    context = web()
    opened = by_hand.open_callback(
        context.storage,
        context.settings,
        path.form_id,
        body.number,
        body.due_at,
        body.note,
        CallbackReason(body.reason),
        actor(),
        context.now(),
    )
    shown_number = number_shown(opened.number, sees_whole_numbers())
    return answer(CallbackOpened(number_shown=shown_number, due_at=opened.due_at, reason=opened.reason.value)), 201


@may_api(Act.OPEN_CASE)
def open_case(path: FormPath, body: CaseBody) -> tuple[Response, int]:
    """Open a complaint or request that needs more than this call."""
    new = NewCase(body.kind, body.title, body.content, path.form_id, values=body.values)
    opened = opening.open_case(web().storage, web().settings, new, actor(), web().now())
    return answer(case_view(opened, sees_whole_numbers())), 201


@may_api(Act.ASK_TO_BLOCK)
def ask_to_block(path: FormPath, body: BlockBody) -> tuple[Response, int]:
    """Ask a supervisor to block this caller (A15)."""
    asked = form_actions.ask_to_block(web().storage, path.form_id, body.reason, body.days, actor(), web().now())
    return answer(block_request_view(asked, sees_whole_numbers())), 201


@may_api(Act.MAKE_DUTY_LINK)
def make_duty_link(path: FormPath) -> tuple[Response, int]:
    """A link for who took the call on the duty mobile (B2). An earlier one of this record lets nobody in any more."""
    context, who = web(), actor()
    made = duty_links.make_link(context.storage, context.settings, path.form_id, who.name, context.now())
    return answer(LinkMade(url=made.url, expires_at=made.link.expires_at)), 201


@may_api(Act.READ_RECORD)
def list_categories() -> Response:
    """The tree of subjects, with what is done about each (B9)."""
    return answer(CategoryList(categories=category_views(web().settings)))


def answer(model: BaseModel) -> Response:
    return Response(model.model_dump_json(context=saying(said)), mimetype="application/json")
