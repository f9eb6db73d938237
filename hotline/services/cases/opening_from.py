"""A case is opened from a call or a record: whose it is, and what is open of the same caller already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain.cases.case import ServiceCase
from hotline.domain.cases.kind import Kind
from hotline.domain.errors import NotFound
from hotline.domain.ids import is_id
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.services.access import read_call, require_led, require_right, ties_of_leader
from hotline.services.cases.attaching import written_call
from hotline.services.cases.choosing import opens_for
from hotline.services.cases.kinds import kinds_in_force
from hotline.services.cases.opening import NewCase, open_case
from hotline.services.cases.view import CaseView, case_view
from hotline.services.record_rights import require_for_form
from hotline.services.shown import number_shown
from hotline.settings import Settings
from hotline.storage.cases.store import CaseStore
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class Origin:
    """`form_id` or `call_id`: from which it is opened; neither: a letter, the press, what somebody was told."""

    form_id: int | None = None
    call_id: int | None = None

    def __bool__(self) -> bool:
        return self.form_id is not None or self.call_id is not None


@dataclass(frozen=True, slots=True)
class SeenOpening:
    """`kinds`: of which cases are opened now, by code. `number_shown`: the caller's. `call`: as an act names it, "" for
    none. `content`: what the record says. `open`: the caller's open cases. `people`: whom it may be about."""

    kinds: dict[str, Kind]
    number_shown: str
    call: str
    content: str
    open: Sequence[CaseView]
    people: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Whose:
    number: Number = NO_NUMBER
    customer_id: int | None = None
    call: tuple[str, str] | None = None
    content: str = ""


def see_opening(storage: Storage, origin: Origin, actor: Actor, now: datetime) -> SeenOpening:
    """Raises NotFound, Forbidden."""
    require_right(Act.ADD_CASE, actor)
    whole = may(Act.SEE_NUMBERS, actor.roles)
    with storage.reading() as tx:
        whose = _whose(tx, origin, actor, now)
        return SeenOpening(
            kinds_in_force(tx, now),
            number_shown(whose.number, whole) if whose.number else "",
            written_call(*whose.call) if whose.call else "",
            whose.content,
            [case_view(each, whole) for each in _open(tx, whose, actor)],
            opens_for(tx),
        )


def open_from(
    storage: Storage, settings: Settings, origin: Origin, new: NewCase, actor: Actor, now: datetime
) -> ServiceCase:
    """As `open_case`, with the caller and the call of where it is opened from."""
    if origin.form_id is not None:
        return open_case(storage, settings, replace(new, form_id=origin.form_id), actor, now)
    if origin.call_id is not None:
        with storage.reading() as tx:
            whose = _whose(tx, origin, actor, now)
        new = replace(new, call=whose.call, number=whose.number, customer_id=whose.customer_id)
    return open_case(storage, settings, new, actor, now)


def _whose(tx: Transaction, origin: Origin, actor: Actor, now: datetime) -> _Whose:
    if origin.form_id is not None:
        form = FormStore(tx).by_id(origin.form_id) if is_id(origin.form_id) else None
        if form is None:
            raise NotFound("forms.no_form", id=origin.form_id)
        require_for_form(tx, Act.OPEN_CASE, form, actor, now)
        return _Whose(form.number, form.customer_id, (form.node, form.linkedid), form.content)
    if origin.call_id is None:
        return _Whose()
    call = read_call(tx, origin.call_id).call
    require_led(Act.READ_CALL, actor, ties_of_leader(call, actor))
    record = FormStore(tx).of_calls(call.node, [call.linkedid]).get(call.linkedid)
    return _Whose(call.caller.number, record.customer_id if record else None, (call.node, call.linkedid))


def _open(tx: Transaction, whose: _Whose, actor: Actor) -> list[ServiceCase]:
    """A complaint about whoever looks is not there for them."""
    if not whose.number and whose.customer_id is None:
        return []
    customers = [whose.customer_id] if whose.customer_id is not None else []
    found = CaseStore(tx).open_of(whose.number, customers)
    return [each for each in found if not each.about or each.about != actor.name]
