"""What is opened from a log form: a callback, a case, the request to block a nuisance caller."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain import numbers
from hotline.domain.calendar import local_day
from hotline.domain.callbacks.callback import usual_term
from hotline.domain.callbacks.owed import CALLBACK_CLOCK, Callback, CallbackReason
from hotline.domain.cases.block_request import BlockRequest
from hotline.domain.cases.case import CaseKind, ServiceCase
from hotline.domain.deadlines.term import Agreed
from hotline.domain.errors import Conflict, Refused, WrongFields
from hotline.domain.forms.form import CallForm
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.text import clean
from hotline.services.calendar import work_calendar
from hotline.services.deadlines.keeping import Wanted, keep
from hotline.services.forms.fields import meant_number, require_ahead
from hotline.services.forms.saving import read_form
from hotline.services.record_rights import require_for_form
from hotline.services.recordings.transcription import hurry
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.cases.block_requests import BlockRequestStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.line.blocklist import BlocklistStore
from hotline.storage.transaction import Storage, Transaction

MAX_DAYS = 3650


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
        _require_may_call(tx, form)
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
        )
        callback_id = CallbackStore(tx).open(callback)
        if callback_id is not None:
            wanted = Wanted(now, form.line, Agreed(agreed) if agreed else None)
            keep(tx, settings, CALLBACK_CLOCK, {callback_id: wanted}, now)
        AuditLog(tx).add(now, actor.name, "callback.open", f"form:{form_id}", reason.value)
    return callback


def open_case(
    storage: Storage, form_id: int, kind: CaseKind, title: str, content: str, actor: Actor, now: datetime
) -> ServiceCase:
    """With the next number of the day. Who opens it is responsible for it (B7). Raises NotFound, WrongFields,
    Forbidden."""
    title = clean(title, several_lines=False).strip()
    if not title:
        raise WrongFields({"title": "required"})
    with storage.writing() as tx:
        form = read_form(tx, form_id)
        require_for_form(tx, Act.OPEN_CASE, form, actor, now)
        draft = ServiceCase(
            number="",
            kind=kind,
            title=title,
            content=clean(content, several_lines=True).strip(),
            owner=actor.name,
            opened_by=actor.name,
            opened_at=now,
            form_id=form.id,
            customer_id=form.customer_id,
            caller_number=form.number,
        )
        case = CaseStore(tx).add(draft, local_day(now))
        hurry(tx, form.node, form.linkedid)
        AuditLog(tx).add(now, actor.name, "case.open", f"case:{case.number}", f"form {form_id}")
    return case


def ask_to_block(
    storage: Storage, form_id: int, reason: str, days: int | None, actor: Actor, now: datetime
) -> BlockRequest:
    """A15: for `days` from the decision on, or until lifted. Raises NotFound, WrongFields without a reason, Refused
    for a number that is not known, Conflict while another request for it awaits its decision, Forbidden."""
    reason = clean(reason, several_lines=False).strip()
    if not reason:
        raise WrongFields({"reason": "required"})
    with storage.writing() as tx:
        form = read_form(tx, form_id)
        require_for_form(tx, Act.ASK_TO_BLOCK, form, actor, now)
        if not form.number:
            raise Refused("forms.number_withheld")
        if BlocklistStore(tx).active(form.number, now):
            raise Conflict("forms.blocked_already")
        request = BlockRequestStore(tx).add(
            BlockRequest(
                number=form.number,
                reason=reason,
                asked_by=actor.name,
                asked_at=now,
                node=form.node,
                linkedid=form.linkedid,
                expires_at=now + timedelta(days=days) if days else None,
            )
        )
        if request is None:
            raise Conflict("forms.block_asked_already")
        AuditLog(tx).add(now, actor.name, "block.ask", f"form:{form_id}", reason)
    return request


def _require_may_call(tx: Transaction, form: CallForm) -> None:
    customers = CustomerStore(tx).by_ids([form.customer_id]) if form.customer_id is not None else []
    if any(customer.do_not_call for customer in customers):
        raise Refused("forms.do_not_call")


def _number_to_call(written: str, form: CallForm, settings: Settings) -> numbers.Number:
    """Masked as it was shown, a number of the record is that number still."""
    text = written.strip() or form.callback_number or form.number
    number = numbers.normalise(meant_number(text, form), settings.numbers.outside_prefixes)
    if not number:
        raise WrongFields({"number": "not_a_phone"})
    return number
