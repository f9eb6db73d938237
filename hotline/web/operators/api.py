"""The operator's own console: who they are, their state, and what they do with their calls."""

from __future__ import annotations

from flask import Response, jsonify, request
from flask_openapi3 import APIBlueprint, Tag

from hotline.domain.errors import Forbidden
from hotline.domain.operators.colleagues import found_by
from hotline.domain.operators.presence import Via
from hotline.domain.rights.acts import Act
from hotline.services.operators import hands, own_calls, presence, transfers
from hotline.services.operators.console import colleagues_of, operator_now
from hotline.services.operators.presence import OperatorView
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.said import said
from hotline.web.operators.phone import account
from hotline.web.operators.schemas import (
    CallPath,
    Colleague,
    ColleagueList,
    ColleagueQuery,
    ConsoleSettings,
    Me,
    Nothing,
    PhoneAccountView,
    StateBody,
    TransferBegun,
    TransferBody,
    TransferPath,
    TransferTo,
    TransferView,
)

_CONSOLE = Tag(name="console", description="The operator's console")


#: Who may sit at a console, if their account is an operator's of the settings. Supervisors take calls over.
def register(api: APIBlueprint) -> None:
    api.get("/console/me", tags=[_CONSOLE], **stated(Me, 404))(me)
    api.post("/console/state", tags=[_CONSOLE], **stated(OperatorView, 404, 409))(change_state)
    api.post("/console/seen", tags=[_CONSOLE], **stated(ConsoleSettings, 404))(seen)
    api.get("/console/colleagues", tags=[_CONSOLE], **stated(ColleagueList))(colleagues)
    api.post("/console/hand", tags=[_CONSOLE], **stated(None, 404))(raise_hand)
    api.delete("/console/hand", tags=[_CONSOLE], **stated(None, 404))(lower_hand)
    for name, view in (
        ("hold", hold),
        ("unhold", unhold),
        ("hang-up", hang_up),
        ("rejoin", rejoin),
        ("pause-recording", pause_recording),
        ("resume-recording", resume_recording),
    ):
        api.post(f"/console/calls/<int:call_id>/{name}", tags=[_CONSOLE], **stated(None, 404, 409))(view)
    api.post("/console/calls/<int:call_id>/transfer", tags=[_CONSOLE], **stated(TransferBegun, 404, 409, status=201))(
        transfer
    )
    api.get("/console/transfers/<int:transfer_id>", tags=[_CONSOLE], **stated(TransferView, 404))(transfer_state)
    api.post("/console/transfers/<int:transfer_id>/complete", tags=[_CONSOLE], **stated(None, 404))(complete)
    api.post("/console/transfers/<int:transfer_id>/cancel", tags=[_CONSOLE], **stated(None, 404))(cancel)


def own_extension() -> str:
    """The operator that whoever asks is. Raises Forbidden when their account is no operator's."""
    extension = actor().extension
    if not extension or extension not in web().settings.operators:
        raise Forbidden("operators.no_operator")
    return extension


@may_api(Act.WORK_AT_CONSOLE)
def me() -> Response:
    """Who I am, how my phone registers, and what my page goes by."""
    context, extension = web(), own_extension()
    view = operator_now(context.storage, context.settings, extension)
    shown = Me(operator=view, phone=_phone(extension), settings=_settings(), server_time=context.now())
    return _json(shown)


@may_api(Act.WORK_AT_CONSOLE)
def change_state(body: StateBody) -> Response:
    """Be ready, paused or offline. The answer is the state as last heard from Asterisk; the new one is pushed."""
    context, extension, now = web(), own_extension(), web().now()
    if body.state == "ready":
        presence.become_ready(context.storage, context.settings, context.pbx, extension, Via.CONSOLE, now)
    elif body.state == "paused":
        presence.pause(context.storage, context.settings, context.pbx, extension, body.reason, Via.CONSOLE, now)
    else:
        presence.go_offline(context.storage, context.settings, context.pbx, extension)
    return _json(operator_now(context.storage, context.settings, extension))


@may_api(Act.WORK_AT_CONSOLE)
def seen(body: Nothing) -> Response:
    """The page is open. A console that is not seen for [console] grace_seconds is signed out. The answer is what the
    page goes by, as it is in force now."""
    context = web()
    presence.seen(context.storage, context.settings, own_extension(), context.now())
    return _json(_settings())


@may_api(Act.WORK_AT_CONSOLE)
def raise_hand(body: Nothing) -> tuple[str, int]:
    """Ask a supervisor for help in the call that I am in; the floor shows it until the talk is over."""
    context, extension = web(), own_extension()
    hands.raise_hand(context.storage, context.settings, context.pbx, extension, actor(), context.now())
    return "", 204


@may_api(Act.WORK_AT_CONSOLE)
def lower_hand() -> tuple[str, int]:
    """I need nobody any more."""
    context = web()
    hands.lower_hand(context.storage, own_extension(), actor(), context.now())
    return "", 204


@may_api(Act.WORK_AT_CONSOLE)
def colleagues(query: ColleagueQuery) -> Response:
    """The other operators, and whether they can take a call."""
    context, extension = web(), actor().extension or ""
    others = [
        Colleague(extension=view.extension, name=view.name, state=view.state)
        for view in colleagues_of(context.storage, context.settings, extension, context.now())
        if found_by(query.q, view.name, view.extension)
    ]
    return _json(ColleagueList(colleagues=others))


@may_api(Act.WORK_AT_CONSOLE)
def hold(path: CallPath, body: Nothing) -> tuple[str, int]:
    """Refused: the phone itself holds its caller."""
    own_calls.hold(web().storage, web().settings, path.call_id, own_extension())
    return "", 204


@may_api(Act.WORK_AT_CONSOLE)
def unhold(path: CallPath, body: Nothing) -> tuple[str, int]:
    """Refused: the phone itself takes its caller back."""
    own_calls.hold(web().storage, web().settings, path.call_id, own_extension())
    return "", 204


@may_api(Act.WORK_AT_CONSOLE)
def hang_up(path: CallPath, body: Nothing) -> tuple[str, int]:
    """End my part in the call, or refuse it while it rings."""
    own_calls.hang_up(web().storage, web().pbx, path.call_id, own_extension())
    return "", 204


@may_api(Act.WORK_AT_CONSOLE)
def rejoin(path: CallPath, body: Nothing) -> tuple[str, int]:
    """My page was reloaded in mid-call: ring my phone again."""
    own_calls.rejoin(web().storage, web().pbx, path.call_id, actor(), own_extension())
    return "", 204


@may_api(Act.WORK_AT_CONSOLE)
def pause_recording(path: CallPath, body: Nothing) -> tuple[str, int]:
    """Leave out of the recording what must never stand in it (G2)."""
    context = web()
    own_calls.pause_recording(context.storage, context.pbx, path.call_id, actor(), own_extension(), context.clock)
    return "", 204


@may_api(Act.WORK_AT_CONSOLE)
def resume_recording(path: CallPath, body: Nothing) -> tuple[str, int]:
    """Go on recording."""
    context = web()
    own_calls.resume_recording(context.storage, context.pbx, path.call_id, actor(), own_extension(), context.clock)
    return "", 204


@may_api(Act.WORK_AT_CONSOLE)
def transfer(path: CallPath, body: TransferBody) -> tuple[Response, int]:
    """Pass the caller on, with their consent and a reason (A12)."""
    context, extension = web(), own_extension()
    made = transfers.transfer(
        context.storage,
        context.settings,
        context.pbx,
        own_calls.in_progress(context.storage, path.call_id),
        extension,
        body.kind,
        _target(body.to),
        body.consent,
        body.reason,
        actor().name,
        context.now(),
    )
    return _json(TransferBegun(transfer_id=made)), 201


@may_api(Act.WORK_AT_CONSOLE)
def transfer_state(path: TransferPath) -> Response:
    """What became of a passing on of mine."""
    order = transfers.own_order(web().storage, path.transfer_id, own_extension())
    return _json(
        TransferView(
            transfer_id=path.transfer_id,
            kind=order.kind,
            to_kind=order.to_kind,
            to_id=order.to_id,
            to_name=order.to_name,
            reason=order.reason,
            state=order.state,
            problem=said(order.problem) if order.problem else "",
        )
    )


@may_api(Act.WORK_AT_CONSOLE)
def complete(path: TransferPath, body: Nothing) -> tuple[str, int]:
    """The consultation is over: join caller and target."""
    transfers.complete(web().storage, web().pbx, path.transfer_id, own_extension())
    return "", 204


@may_api(Act.WORK_AT_CONSOLE)
def cancel(path: TransferPath, body: Nothing) -> tuple[str, int]:
    """Back to the caller, without the target."""
    transfers.cancel(web().storage, web().pbx, path.transfer_id, own_extension())
    return "", 204


def _target(to: TransferTo) -> transfers.TransferTarget:
    if to.extension is not None:
        return transfers.TransferTarget("operator", to.extension)
    return transfers.TransferTarget("person", str(to.person_id))


def _phone(extension: str) -> PhoneAccountView:
    context = web()
    kind = context.settings.operators[extension].phone
    if kind == "sip":
        return PhoneAccountView(kind=kind, extension=extension)
    own = account(context.settings, context.secrets, extension, request.host_url)
    return PhoneAccountView.model_validate({"kind": kind, "extension": extension, **own})


def _settings() -> ConsoleSettings:
    settings = web().settings
    console, rules = settings.console, settings.rules.rules()
    return ConsoleSettings(
        pause_reasons=console.pause_reasons,
        answer_seconds=rules.answered.most_seconds,
        answer_rings=rules.answered.most_rings,
        ring_cycle_seconds=settings.asterisk.ring_cycle_seconds,
        warn_minutes=list(rules.length.warn_minutes),
        goodbye_seconds=rules.hang_up_first.wait_seconds,
        wrap_up_seconds=console.wrap_up_seconds,
        hold_reminder_seconds=rules.hold_prompt.every_seconds,
        max_unfinished_forms=console.max_unfinished_forms,
    )


def _json(model: Me | ConsoleSettings | OperatorView | ColleagueList | TransferBegun | TransferView) -> Response:
    return jsonify(model.model_dump(mode="json"))
