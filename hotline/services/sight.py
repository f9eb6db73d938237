"""Whose numbers a person sees whole, by their calls and the callbacks, cases and visits that they have (A14, E4)."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.domain.calls.call import Call
from hotline.domain.calls.ledger import operators_when
from hotline.domain.cases.case import CaseState
from hotline.domain.forms.form import FormState
from hotline.domain.forms.search import FormFilter
from hotline.domain.operators.push import ACTIVE, own_share
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.domain.rights.seeing import Sight
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.calls.live_calls import LiveCallStore
from hotline.storage.calls.store import CallStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Transaction
from hotline.storage.visits.store import VisitStore

#: Nobody has more records to write, or cases open, than that.
_MOST = 500


def sight_of(tx: Transaction, actor: Actor) -> Sight:
    """What `hotline.domain.rights.seeing.may_see` goes by."""
    if may(Act.SEE_NUMBERS, actor.roles):
        return Sight(oversees=True)
    return Sight(on_calls=frozenset(_on_calls(tx, actor)), taken=frozenset(_taken(tx, actor)))


def has_now(call: Call, actor: Actor) -> bool:
    """Whether the call rings at their phone, or they talk on it or have it on hold."""
    share = own_share(call, actor) if call.ended_at is None else None
    return share is not None and share.mine in ACTIVE


def had(call: Call, actor: Actor) -> bool:
    """Whether they talked with the caller."""
    return any(actor.had_extension(extension, at) for extension, at in operators_when(call))


def _on_calls(tx: Transaction, actor: Actor) -> Iterator[str]:
    if not actor.extension:
        return
    for stored in LiveCallStore(tx).in_progress():
        if has_now(stored.call, actor):
            yield stored.call.caller.number
    to_write = FormFilter(state=FormState.OPEN, had=actor.had)
    for form in FormStore(tx).search(to_write, _MOST):
        call = CallStore(tx).get(form.node, form.linkedid)
        if call is not None and had(call, actor):
            yield call.caller.number


def _taken(tx: Transaction, actor: Actor) -> Iterator[str]:
    for callback in CallbackStore(tx).taken(actor.name):
        yield callback.number
    for case in CaseStore(tx).owned(actor.name, CaseState.OPEN, _MOST):
        yield case.caller_number
    for visit in VisitStore(tx).open_with(actor.name, _MOST):
        yield visit.number
