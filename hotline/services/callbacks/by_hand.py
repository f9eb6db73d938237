"""What somebody of ours opens a callback for: a promise (B6), a call that grew too long (A10); or another system."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from hotline.domain import numbers
from hotline.domain.callbacks.callback import usual_term
from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.customers.customer import Customer
from hotline.domain.errors import Refused, WrongFields
from hotline.domain.forms.form import CallForm
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.text import clean
from hotline.services.calendar import work_calendar
from hotline.services.callbacks.clock import keep_clocks
from hotline.services.forms.fields import meant_number, require_ahead
from hotline.services.forms.saving import read_form
from hotline.services.record_rights import require, require_for_form
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.transaction import Storage


def open_callback(
    storage: Storage,
    settings: Settings,
    form_id: int,
    number: str,
    due_at: datetime | None,
    note: str,
    reason: CallbackReason,
    actor: Actor,
    now: datetime,
) -> Callback:
    """We call back: because it was promised, or because the call grew too long (A10). "" takes the number to call back
    that the form has; no time takes the promise's, else [callbacks] due_minutes of working time.

    Another one for the same call rewrites the open one. Raises NotFound, WrongFields for a number that cannot be
    dialled, Refused for who must not be called (E10), Forbidden.
    """
    require_ahead("due_at", due_at, now)
    with storage.writing() as tx:
        form = read_form(tx, form_id)
        require_for_form(tx, Act.OPEN_CALLBACK, form, actor, now)
        _require_may_call(CustomerStore(tx).by_ids([form.customer_id]) if form.customer_id is not None else [])
        agreed = due_at or form.promise_due_at
        usual = usual_term(settings.callbacks.due_minutes)
        callback = Callback(
            node=form.node,
            linkedid=form.linkedid,
            line=form.line,
            number=_number_to_call(number, form, settings),
            reason=reason,
            queued_at=now,
            due_at=agreed or usual.due(now, work_calendar(settings, form.line)),
            opened_by=actor.name,
            note=clean(note, several_lines=True).strip(),
            owed_from=now,
            agreed_at=agreed,
        )
        callback_id = CallbackStore(tx).open(callback)
        if callback_id is not None:
            keep_clocks(tx, settings, [callback_id], now)
        AuditLog(tx).add(now, actor.name, "callback.open", f"form:{form_id}", reason.value)
    return callback


def add_callback(
    storage: Storage,
    settings: Settings,
    number: str,
    line: str,
    due_at: datetime | None,
    note: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Of no call: somebody wrote or said elsewhere that they want to be called. It joins what the number is owed on
    that line. Its id. Raises Refused for a number that cannot be dialled or who must not be called (E10), and for a
    line that there is none of, WrongFields for a moment that is over, Forbidden."""
    require(Act.ADD_CALLBACK, actor, ())
    require_ahead("due_at", due_at, now)
    whole = numbers.normalise(number, settings.numbers.outside_prefixes)
    if not whole:
        raise WrongFields({"number": "not_a_phone"})
    if line not in settings.lines:
        raise Refused("callbacks.no_line", field="line")
    usual = usual_term(settings.callbacks.due_minutes)
    with storage.writing() as tx:
        _require_may_call(CustomerStore(tx).of_number(whole))
        owed = Callback(
            node=settings.site.node,
            linkedid=f"asked-{uuid4().hex}",
            line=line,
            number=whole,
            reason=CallbackReason.PROMISED,
            queued_at=now,
            due_at=due_at or usual.due(now, work_calendar(settings, line)),
            opened_by=actor.name,
            note=clean(note, several_lines=True).strip(),
            owed_from=now,
            agreed_at=due_at,
        )
        callback_id = CallbackStore(tx).open(owed)
        assert callback_id is not None, "by hand another one is opened"
        keep_clocks(tx, settings, [callback_id], now)
        AuditLog(tx).add(now, actor.name, "callback.open", f"callback:{callback_id}", owed.reason.value)
    return callback_id


def _require_may_call(customers: Sequence[Customer]) -> None:
    """E10."""
    if any(customer.do_not_call for customer in customers):
        raise Refused("forms.do_not_call")


def _number_to_call(written: str, form: CallForm, settings: Settings) -> numbers.Number:
    """Masked as it was shown, a number of the record is that number still."""
    text = written.strip() or form.callback_number or form.number
    number = numbers.normalise(meant_number(text, form), settings.numbers.outside_prefixes)
    if not number:
        raise WrongFields({"number": "not_a_phone"})
    return number
