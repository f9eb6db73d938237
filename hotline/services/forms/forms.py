"""Log forms, 《400热线电话接听记录单》: one for every call that one of us took (B1, B2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hotline.domain.calls.call import Call, Party, PartyKind
from hotline.domain.deadlines.term import NextWorkingDay
from hotline.domain.forms.form import CallForm, FormChange, Origin, begun_form, chosen_subject, owner_of
from hotline.domain.forms.search import KnownCaller
from hotline.domain.outbox import OutboxEntry
from hotline.services.calendar import work_calendar
from hotline.services.dialled import FormStart
from hotline.services.forms.clocks import follow, start_clocks
from hotline.services.forms.dialled_for import form_start
from hotline.services.outbox_topics import FORM
from hotline.settings import Settings
from hotline.settings.console import is_retired
from hotline.storage.forms.store import FormStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Transaction

#: Who writes what follows from the call itself.
LEDGER = "ledger"

#: What one person writes within so long stands as one change in the form's history: forms are saved as they are typed.
SAME_CHANGE = timedelta(minutes=1)


def ensure_forms(tx: Transaction, settings: Settings, calls: Sequence[Call], now: datetime) -> None:
    """An open form for each of these calls that somebody of ours took and that has none yet, and the owner of the
    others brought to who talks last: a transfer carries the form along as it is (A12). Doing it again changes nothing.
    """
    owned = [(call, owner) for call in calls if (owner := owner_of(call)) is not None]
    owners: dict[tuple[str, str], str] = {}
    for node in {call.node for call, _owner in owned}:
        linkedids = [call.linkedid for call, _owner in owned if call.node == node]
        owners |= {(node, linkedid): owner for linkedid, owner in FormStore(tx).owners_of(node, linkedids).items()}
    fresh = [(call, owner) for call, owner in owned if (call.node, call.linkedid) not in owners]
    if fresh:
        _begin(tx, settings, fresh, now)
    for call, owner in owned:
        if owners.get((call.node, call.linkedid), owner.id) != owner.id:
            _pass_on(tx, settings, call, owner, now)


def form_of(tx: Transaction, node: str, linkedid: str) -> CallForm | None:
    """The form of this call, if it has one."""
    return FormStore(tx).of_calls(node, [linkedid]).get(linkedid)


def unfinished_count(tx: Transaction, extension: str) -> int:
    """How many open forms stand on this operator's list (B1)."""
    return FormStore(tx).unfinished([extension]).get(extension, 0)


def announce(tx: Transaction, form: CallForm, now: datetime, owner_before: str = "") -> None:
    """Tell the browsers that the form has changed. `owner_before`: when it passed to another."""
    payload: dict[str, object] = {
        "form_id": form.id,
        "owner": form.owner,
        "state": form.state.value,
        "version": form.version,
        "node": form.node,
        "linkedid": form.linkedid,
    }
    if owner_before:
        payload["owner_before"] = owner_before
    Outbox(tx).add([OutboxEntry(FORM, payload, now)])


def begin_by_hand(tx: Transaction, settings: Settings, call: Call, owner: Party, by: str, now: datetime) -> CallForm:
    """The form of a call that nobody of ours has taken yet, or that nobody took; that of the call, if it has one."""
    _begin(tx, settings, [(call, owner)], now, by)
    form = form_of(tx, call.node, call.linkedid)
    assert form is not None
    return form


def _begin(
    tx: Transaction, settings: Settings, fresh: Sequence[tuple[Call, Party]], now: datetime, by: str = LEDGER
) -> None:
    due = settings.form.duty_due
    forms = [(call, begun_form(call, owner, work_calendar(settings, call.line), due, now)) for call, owner in fresh]
    callers = FormStore(tx).known_callers([form.number for _call, form in forms])
    filled = [
        _filled(replace(form, updated_by=by), callers.get(form.number), _category(settings, call), form_start(tx, call))
        for call, form in forms
    ]
    added = FormStore(tx).add(filled)
    start_clocks(tx, settings, added, now)
    for form in added:
        announce(tx, form, now)


def _filled(form: CallForm, caller: KnownCaller | None, category: str, start: FormStart) -> CallForm:
    """With what is known of the caller, if exactly one customer has the number; and with what we dialled for."""
    form = replace(form, category=category or start.category, content=start.content)
    if caller is None:
        return replace(form, caller_name=start.caller_name, address=start.address)
    return replace(
        form, customer_id=caller.id, caller_name=caller.name, address=caller.address, region=caller.region or None
    )


def _category(settings: Settings, call: Call) -> str:
    """The category for what the caller chose in the menu; "" when none is set for it."""
    subject = chosen_subject(call)
    known = settings.categories
    named = (each for each, category in known.items() if subject in category.menu_subjects)
    found = (each for each in named if not is_retired(known, each))
    return next(found, "") if subject else ""


def _pass_on(tx: Transaction, settings: Settings, call: Call, owner: Party, now: datetime) -> None:
    """A done form stays with who has done it."""
    form = form_of(tx, call.node, call.linkedid)
    if form is None or form.is_done:
        return
    on_duty = owner.kind is PartyKind.MOBILE
    due = _due(settings, call) if on_duty else None
    passed = replace(
        form,
        owner=owner.id,
        owner_name=owner.name,
        version=form.version + 1,
        updated_at=now,
        updated_by=LEDGER,
        origin=Origin.DUTY if on_duty else Origin.OPERATOR,
        due_at=due,
    )
    # A browser that saves at this very moment has the row first; the next fold of the call passes the form on.
    if FormStore(tx).update(passed, form.version):
        assert form.id is not None
        FormStore(tx).note(
            FormChange(form.id, passed.version, now, LEDGER, {"owner": owner.id, "owner_name": owner.name})
        )
        follow(tx, settings, form, passed, now)
        announce(tx, passed, now, owner_before=form.owner)


def _due(settings: Settings, call: Call) -> datetime:
    return NextWorkingDay(settings.form.duty_due).due(call.started_at, work_calendar(settings, call.line))
