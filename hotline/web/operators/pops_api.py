"""An operator's present calls and what is known of their callers, for a page that loads."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, RootModel

from hotline.domain.calls.ledger import StoredCall
from hotline.domain.errors import NotFound
from hotline.domain.operators.push import ACTIVE, Mine, share_of
from hotline.domain.people import MANAGERS
from hotline.services.calls.live_calls import LiveCall, live_call
from hotline.services.operators.pop import pop, sees_whole
from hotline.services.operators.pop_audit import note_pops_in
from hotline.services.operators.pop_view import Pop
from hotline.storage.calls.live_calls import LiveCallStore
from hotline.storage.transaction import Transaction
from hotline.web.kit.access import for_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.operators.api import AT_A_CONSOLE, own_extension
from hotline.web.operators.schemas import CallPath

_CONSOLE = Tag(name="console", description="The operator's console")


class OwnCall(BaseModel):
    """As the event `call` has it."""

    model_config = ConfigDict(extra="forbid")

    call: LiveCall
    mine: Mine
    pop: Pop


class OwnCalls(RootModel[list[OwnCall]]):
    """Oldest first."""


def register(api: APIBlueprint) -> None:
    api.get("/console/calls", tags=[_CONSOLE], **stated(OwnCalls))(own_calls)
    api.get("/console/calls/<int:call_id>/pop", tags=[_CONSOLE], **stated(Pop, 404))(one_pop)


@for_api(*AT_A_CONSOLE)
def own_calls() -> Response:
    """What rings at my phone, and whom I talk with or have on hold."""
    context, extension = web(), own_extension()
    with context.storage.writing() as tx:
        found = [own for stored in LiveCallStore(tx).in_progress() if (own := _own(tx, stored, extension))]
        note_pops_in(tx, [(actor().name, own.call.call_id) for own in found], context.now())
    return _json(OwnCalls(found))


@for_api(*AT_A_CONSOLE)
def one_pop(path: CallPath) -> Response:
    """What is known of the caller of one of my calls; to a supervisor, of any call."""
    context, who = web(), actor()
    with context.storage.writing() as tx:
        stored = LiveCallStore(tx).by_ids([path.call_id]).get(path.call_id)
        if stored is None or not (who.has_role(*MANAGERS) or share_of(stored.call, who.extension or "")):
            raise NotFound("calls.no_call_of_yours", id=path.call_id)
        shown = pop(tx, context.settings, stored, who, context.now())
        note_pops_in(tx, [(who.name, path.call_id)], context.now())
    return _json(shown)


def _own(tx: Transaction, stored: StoredCall, extension: str) -> OwnCall | None:
    share = share_of(stored.call, extension)
    if share is None or share.mine not in ACTIVE:
        return None
    context = web()
    call = live_call(stored, context.settings, context.now(), sees_whole(actor()))
    return OwnCall(call=call, mine=share.mine, pop=pop(tx, context.settings, stored, actor(), context.now()))


def _json(shown: BaseModel) -> Response:
    return Response(shown.model_dump_json(), mimetype="application/json")
