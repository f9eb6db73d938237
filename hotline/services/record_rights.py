"""How a person is related to a log form, and so what they may do with it (hotline.domain.rights.acts)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from hotline.domain.callbacks.owed import Callback
from hotline.domain.calls.call import Call
from hotline.domain.cases.case import ServiceCase
from hotline.domain.customers.customer import Customer, CustomerNumber
from hotline.domain.errors import Forbidden
from hotline.domain.forms.form import CallForm, Origin, may_correct
from hotline.domain.people import Actor
from hotline.domain.reasons import because
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.rights.seeing import Sight, may_see
from hotline.services.access import require_led, ties_of_leader, ties_of_taken
from hotline.services.sight import had, has_now, sight_of
from hotline.storage.calls.store import CallStore
from hotline.storage.transaction import Transaction

_REASONS = {
    Act.BEGIN: because("forms.not_yours_to_begin"),
    Act.WRITE: because("forms.another_s"),
    Act.CORRECT: because("forms.another_s_or_earlier"),
    Act.LEAVE_MESSAGE: because("directory.message_of_own_call"),
    Act.TAKE_CALLBACK: because("calls.callback_taken"),
    Act.CLOSE_CALLBACK: because("calls.callback_closed_by"),
    Act.ASSIGN_CALLBACK: because("calls.callback_closed_by"),
    Act.HEAR_MESSAGE: because("calls.callback_heard_by"),
    Act.CLOSE_CASE: because("cases.closed_by"),
    Act.UNDO_MERGE: because("customers.merge_undone_by"),
}
_OTHERWISE = because("forms.not_yours")


def require(act: Act, actor: Actor, ties: Collection[Tie]) -> None:
    """Raises Forbidden, which says who may."""
    if not may(act, actor.roles, ties):
        raise Forbidden.of(_REASONS.get(act, _OTHERWISE))


def require_for_form(tx: Transaction, act: Act, form: CallForm, actor: Actor, now: datetime) -> None:
    """Raises Forbidden."""
    require(act, actor, frozenset(_ties_to_form(tx, form, actor, now)))


def may_for_form(tx: Transaction, act: Act, form: CallForm, actor: Actor, now: datetime) -> bool:
    return may(act, actor.roles, frozenset(_ties_to_form(tx, form, actor, now)))


def may_write(tx: Transaction, form: CallForm, actor: Actor, now: datetime) -> bool:
    """The owner, who talked on the call before it was passed on, the person of a duty record, and supervisors; once it
    is done, its owner on that day only, and supervisors."""
    return may(writing(form), actor.roles, frozenset(_own_ties(tx, form, actor, now)))


def may_finish(form: CallForm, actor: Actor) -> bool:
    """Not who talked on the call before it was passed on: it is still written by whoever has it now (A12)."""
    led = {Tie.LED} if is_led(form, actor) else ()
    return form.origin is Origin.DUTY or is_owner(form, actor) or may(writing(form), actor.roles, led)


def writing(form: CallForm) -> Act:
    return Act.CORRECT if form.is_done else Act.WRITE


def ties_to_call(call: Call, actor: Actor) -> frozenset[Tie]:
    found = ((Tie.HAD, had(call, actor)), (Tie.RINGS, has_now(call, actor)))
    return frozenset(tie for tie, holds in found if holds) | ties_of_leader(call, actor)


def ties_to_callback(callback: Callback, actor: Actor) -> frozenset[Tie]:
    return ties_of_taken(callback, actor)


def ties_to_case(case: ServiceCase, actor: Actor) -> frozenset[Tie]:
    led = _led(case.owner, actor)
    return frozenset({Tie.OWNS}) | led if case.owner == actor.name else led


def _led(username: str, actor: Actor) -> frozenset[Tie]:
    return frozenset({Tie.LED}) if username in actor.led.usernames else frozenset()


def ties_to_customers(sight: Sight, *people: Customer) -> frozenset[Tie]:
    """Of all these people."""
    known = all(knows(sight, each) for each in people)
    return frozenset({Tie.KNOWS, Tie.KNOWS_ALL}) if known else frozenset()


def ties_to_numbers(sight: Sight, chosen: Collection[CustomerNumber]) -> frozenset[Tie]:
    return frozenset({Tie.KNOWS_ALL}) if all(may_see(sight, each.number) for each in chosen) else frozenset()


def knows(sight: Sight, customer: Customer) -> bool:
    return not customer.numbers or any(may_see(sight, number) for number in customer.whole_numbers)


def is_owner(form: CallForm, actor: Actor) -> bool:
    """Duty people have no extension of their own: they are known by their name on the roster."""
    if form.origin is Origin.DUTY:
        return bool(form.owner_name) and form.owner_name == actor.display_name
    return actor.had_extension(form.owner, form.called_at)


def is_led(form: CallForm, actor: Actor) -> bool:
    """Whether it is the record of somebody whom they lead."""
    return form.origin is Origin.OPERATOR and actor.led.had((form.owner,), form.called_at)


def require_to_read(tx: Transaction, form: CallForm, actor: Actor, now: datetime) -> None:
    """Raises Forbidden."""
    require_led(Act.READ_RECORD, actor, frozenset(_own_ties(tx, form, actor, now)))


def talked(tx: Transaction, form: CallForm, actor: Actor) -> bool:
    """Whether they had the call of this record."""
    call = CallStore(tx).get(form.node, form.linkedid) if actor.had else None
    return call is not None and had(call, actor)


def _own_ties(tx: Transaction, form: CallForm, actor: Actor, now: datetime) -> Iterator[Tie]:
    if is_owner(form, actor):
        yield Tie.OWNS
        if may_correct(form, now):
            yield Tie.OWNS_TODAY
    elif talked(tx, form, actor):
        yield Tie.HAD
    if is_led(form, actor):
        yield Tie.LED


def _ties_to_form(tx: Transaction, form: CallForm, actor: Actor, now: datetime) -> Iterator[Tie]:
    yield from _own_ties(tx, form, actor, now)
    if may_see(sight_of(tx, actor), form.number):
        yield Tie.KNOWS
