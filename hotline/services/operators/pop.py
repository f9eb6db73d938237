"""The pop: what an operator sees of caller and call when their phone rings, read in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.calls.call import Call, Direction, Transfer
from hotline.domain.calls.dialled_id import is_dialled
from hotline.domain.calls.ledger import StoredCall
from hotline.domain.customers.customer import Customer
from hotline.domain.forms.form import CallForm, FormState
from hotline.domain.operators.pop import EarlierCall, EarlierForm, last_operator, latest_named, repeated, shortened
from hotline.domain.operators.presence import TransferOrder
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.services.calls.live_calls import line_view, queue_view, subject_of
from hotline.services.forms.forms import form_of
from hotline.services.forms.view import form_view
from hotline.services.operators.pop_parts import PARTS
from hotline.services.operators.pop_view import (
    BeforeShown,
    CustomerShown,
    LastCall,
    Pop,
    PromiseShown,
    Repeat,
    TransferShown,
)
from hotline.services.pop_part import WhoCalls
from hotline.services.shown import caller_shown, company, region
from hotline.services.staff.names import holders
from hotline.services.staff.whose import extension_now
from hotline.settings import Settings
from hotline.storage.customers.store import CustomerStore
from hotline.storage.operators.callers import CallerStore
from hotline.storage.operators.store import TransferStore
from hotline.storage.transaction import Transaction

LAST_CALLS = 5
PROMISES = 20

#: The places of the parts that show persons different things: most parts do not, and each reader of a pop asks.
_TOLD_APART = [(place, part.alike) for place, part in enumerate(PARTS) if part.alike]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one call's caller: read once, shown to each operator whose phone rings. `parts`: what each of
    PARTS read."""

    stored: StoredCall
    customers: Sequence[Customer]
    earlier: Sequence[EarlierCall]
    forms: Sequence[EarlierForm]
    had_last: str
    form: CallForm | None
    orders: Sequence[TransferOrder]
    transferred_by: Mapping[int, str]
    parts: Sequence[object]

    def kind_for(self, actor: Actor) -> object:
        """Operators of one kind are shown the same: most of those whose phones ring together are."""
        transferred = [o.to_id for o in self.orders] + [t.to_party.id for t in self.stored.call.transfers]
        if self.form is not None or actor.extension in transferred or self.stored.call.direction is Direction.DIALLED:
            return actor
        before = latest_named(self.forms)
        owner = before.owner if before and before.state == FormState.OPEN else ""
        parts = [alike(self.parts[place], actor) for place, alike in _TOLD_APART]
        return (sees_whole(actor), self.had_last == actor.extension, owner == actor.extension, *parts)


def pop(tx: Transaction, settings: Settings, stored: StoredCall, actor: Actor, now: datetime) -> Pop:
    """What this person is shown of the call; what concerns an operator, of the one that they are."""
    return shown_to(tx, known_of(tx, settings, stored), settings, actor, now)


def sees_whole(actor: Actor) -> bool:
    """Operators are shown callers' numbers masked (A14)."""
    return may(Act.SEE_NUMBERS, actor.roles)


def known_of(tx: Transaction, settings: Settings, stored: StoredCall) -> Known:
    """Six questions by indexes, and those of PARTS; nothing is asked about a number that is withheld."""
    call = stored.call
    number = call.caller.number
    customers = CustomerStore(tx).of_number(number) if number else []
    ids = [customer.id for customer in customers if customer.id is not None]
    since = call.started_at - timedelta(days=settings.console.repeat_days)
    orders = TransferStore(tx).of(call.node, call.linkedid)
    return Known(
        stored=stored,
        customers=customers,
        earlier=CallerStore(tx).earlier_calls(number, call.started_at, LAST_CALLS),
        forms=CallerStore(tx).earlier_forms(number, ids, since, call.started_at),
        had_last=_had_last(tx, settings, call),
        form=form_of(tx, call.node, call.linkedid),
        orders=orders,
        transferred_by=_transferred_by(tx, settings, orders),
        parts=[part.read(tx, settings, WhoCalls(call, ids)) for part in PARTS],
    )


def shown_to(tx: Transaction, known: Known, settings: Settings, actor: Actor, now: datetime) -> Pop:
    """As this person may see it."""
    call = known.stored.call
    shown = [part.show(read, settings, actor, now) for part, read in zip(PARTS, known.parts, strict=True)]
    return Pop(
        **{name: value for section in shown for name, value in section},
        call_id=known.stored.id,
        node=call.node,
        linkedid=call.linkedid,
        line=line_view(settings, call.line),
        greeting=_greeting(settings, call, actor),
        number_shown=caller_shown(call.caller, sees_whole(actor)),
        withheld=call.caller.withheld,
        region=region(call.caller.number),
        subject=subject_of(call),
        queue=queue_view(call, settings),
        arrived_at=call.started_at,
        waited_seconds=waited_seconds(call, now),
        customers=tuple(_customer(each, settings) for each in known.customers),
        last_calls=tuple(_last_call(earlier, settings) for earlier in known.earlier),
        repeat=_repeat(known, settings),
        before=_before(known, actor),
        promises=_promises(known, now),
        returning_to_me=bool(known.had_last) and known.had_last == actor.extension,
        form=form_view(tx, settings, known.form, actor, now) if known.form else None,
        transfer=transfer_to(known, settings, actor.extension or ""),
    )


def _greeting(settings: Settings, call: Call, actor: Actor) -> str:
    """C1: on a call that we dial the operator says who they are."""
    if call.direction is not Direction.DIALLED:
        words = settings.console.greeting
    else:
        words = settings.console.dialled_greeting.replace("{name}", actor.display_name)
    return words.replace("{company}", company(settings, call.line))


def waited_seconds(call: Call, now: datetime) -> float:
    """From when the caller was passed to people until somebody talked, or until now."""
    begun = [*(stay.joined_at for stay in call.queues[:1]), *(ring.started_at for ring in call.rings[:1])]
    if not begun:
        return 0.0
    until = call.talk_started_at or call.ended_at or now
    return round(max((until - min(begun)).total_seconds(), 0.0), 1)


def transfer_to(known: Known, settings: Settings, extension: str) -> TransferShown | None:
    """Who passes the caller on to this operator: as it was ordered on our screens, else as the phones did it."""
    ordered = [o for o in known.orders if o.to_kind == "operator" and o.to_id == extension]
    if ordered:
        order = ordered[-1]
        return TransferShown(
            from_extension=order.from_extension,
            from_name=known.transferred_by[order.id or 0],
            kind=order.kind,
            reason=order.reason,
        )
    made = [t for t in known.stored.call.transfers if t.to_party.id == extension and t.kind != "pickup"]
    return _by_phone(made[-1]) if made else None


def _by_phone(made: Transfer) -> TransferShown:
    return TransferShown(from_extension=made.from_party.id, from_name=made.from_party.name, kind=made.kind, reason="")


def _transferred_by(tx: Transaction, settings: Settings, orders: Sequence[TransferOrder]) -> Mapping[int, str]:
    """The name of who ordered it, by the order."""
    if not orders:
        return {}
    known = holders(tx, settings)
    return {each.id or 0: known.name(each.from_extension, each.at) or each.from_extension for each in orders}


def _had_last(tx: Transaction, settings: Settings, call: Call) -> str:
    """B7: whose the caller was within its days: the extension at which they are now."""
    since = call.started_at - timedelta(days=settings.returning_caller.days)
    last = CallerStore(tx).last_talk(call.caller.number, since, call.started_at)
    extension = last_operator(last) if last else ""
    return extension_now(tx, extension, last.started_at, call.started_at) if last and extension else ""


def _repeat(known: Known, settings: Settings) -> Repeat | None:
    """B8: nobody has called again where we called, nor by what we dialled before."""
    call = known.stored.call
    if call.direction is not Direction.INBOUND:
        return None
    subject = subject_of(call)
    about = [name for name, category in settings.categories.items() if subject in category.menu_subjects]
    since = call.started_at - timedelta(days=settings.console.repeat_days)
    found = repeated([form for form in known.forms if form.called_at >= since and not is_dialled(form.linkedid)], about)
    if found is None:
        return None
    return Repeat(
        within_days=settings.console.repeat_days,
        count=found.count,
        last_category=found.category,
        last_category_name=_category(settings, found.category),
        last_at=found.last_at,
    )


def _before(known: Known, actor: Actor) -> BeforeShown | None:
    """Of a customer we know more than an earlier form says."""
    form = None if known.customers else latest_named(known.forms)
    if form is None:
        return None
    own = form.state == FormState.OPEN and form.owner == actor.extension
    return BeforeShown(caller_name=form.caller_name, open_form=form.form_id if own else None)


def _category(settings: Settings, category: str) -> str:
    """Its name; one that the settings have lost is shown by its id."""
    known = settings.categories.get(category)
    return known.name if known else category


def _customer(customer: Customer, settings: Settings) -> CustomerShown:
    level = settings.customers.levels.get(customer.level)
    return CustomerShown(
        id=customer.id or 0,
        name=customer.name,
        company=customer.company,
        preferred_way=customer.preferred_way.value,
        do_not_call=customer.do_not_call,
        level=level.name if level else "",
        note=customer.note,
    )


def _last_call(earlier: EarlierCall, settings: Settings) -> LastCall:
    call = earlier.call
    return LastCall(
        call_id=earlier.call_id,
        at=call.started_at,
        direction=call.direction,
        outcome=call.outcome,
        by=call.answered_by.name if call.answered_by else "",
        category=_category(settings, earlier.category) if earlier.category else "",
        content_short=shortened(earlier.content),
    )


def _promises(known: Known, now: datetime) -> tuple[PromiseShown, ...]:
    """B6: those not kept yet, the earliest due first."""
    due = [(form.promise_due_at, form) for form in known.forms if form.promise_due_at and form.promise_is_open]
    return tuple(
        PromiseShown(form_id=form.form_id, promise=form.promise, due_at=at, overdue=at <= now)
        for at, form in sorted(due, key=lambda pair: pair[0])[:PROMISES]
    )
