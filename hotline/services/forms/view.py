"""A log form as screens and programs see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from hotline.domain import numbers
from hotline.domain.forms.form import CallForm, FormState, Origin
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.services.calls.live_calls import LineView
from hotline.services.forms.dialled_for import DialledFor, dialled_for
from hotline.services.forms.fields import missing, required, with_place
from hotline.services.record_rights import is_led, is_owner, may_write, talked
from hotline.services.shown import company, line_number, number_shown
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.calls.store import CallStore
from hotline.storage.transaction import Transaction


class FormView(BaseModel):
    """One record. Numbers are masked for who may not see them whole; a `callback_number` of its own is whole for who
    had the call. `missing`: what keeps it from being done; "fields.<id>" for further fields of the category."""

    model_config = ConfigDict(extra="forbid")

    id: int
    call_id: int | None = Field(description="its call's row in the ledger")
    node: str
    linkedid: str
    state: FormState
    version: int = Field(description="to be sent back with every change")
    origin: Origin = Field(description="operator, or duty: taken on the duty mobile (B2)")
    owner: str = Field(description="extension, or number of the duty mobile")
    owner_name: str
    number_shown: str = Field(description="the caller's; empty when withheld")
    called_at: datetime
    line: LineView
    customer_id: int | None
    caller_name: str
    callback_number: str
    region: str
    address: str
    category: str = Field(description="id of a category; empty: not chosen yet")
    content: str
    handling: str
    solved: bool | None
    promise: str
    promise_due_at: datetime | None
    promise_kept_at: datetime | None
    follow_up_person: str
    complaint: bool | None
    fields: Mapping[str, str] = Field(description="further fields of the category, by their id")
    due_at: datetime | None = Field(description="when it must be done (B2)")
    overdue: bool
    updated_at: datetime
    updated_by: str
    updated_by_name: str = Field(description="who that is; of one record only, in lists as `updated_by`")
    done_at: datetime | None
    done_by: str
    required: list[str]
    missing: list[str]
    may_write: bool = Field(description="whoever asks may change it")
    dialled_for: DialledFor | None = Field(description="what we dialled its call for; null: nothing that is kept")


def form_view(tx: Transaction, settings: Settings, form: CallForm, actor: Actor, now: datetime) -> FormView:
    """As this person may see it."""
    view = form_views(tx, settings, [form], actor, now)[0]
    user = UserStore(tx).by_username(form.updated_by) if form.updated_by else None
    return view.model_copy(update={"updated_by_name": user.display_name}) if user else view


def form_views(
    tx: Transaction, settings: Settings, forms: Sequence[CallForm], actor: Actor, now: datetime
) -> list[FormView]:
    ids = CallStore(tx).ids_by_call((form.node, form.linkedid) for form in forms)
    return [
        _view(
            settings,
            form,
            ids,
            whole,
            may_write(tx, form, actor, now),
            now,
            whole or _heard_number(tx, form, actor),
            dialled_for(tx, form.node, form.linkedid),
        )
        for form in forms
        for whole in (may(Act.SEE_NUMBERS, actor.roles, {Tie.LED} if is_led(form, actor) else ()),)
    ]


def duty_form_view(tx: Transaction, settings: Settings, form: CallForm, now: datetime) -> FormView:
    """For who took the call on the duty mobile: they saw the number when it rang."""
    return _view(settings, form, {}, True, not form.is_done, now, True)


def _view(
    settings: Settings,
    form: CallForm,
    call_ids: Mapping[tuple[str, str], int],
    whole: bool,
    writable: bool,
    now: datetime,
    heard: bool,
    what_for: DialledFor | None = None,
) -> FormView:
    """`heard`: they may see a callback number other than the caller's."""
    assert form.id is not None
    as_seen = with_place(form)
    return FormView(
        **{name: getattr(as_seen, name) for name in _AS_IT_IS},
        call_id=call_ids.get((form.node, form.linkedid)),
        owner=form.owner if form.origin is Origin.OPERATOR or whole else numbers.mask(form.owner),
        number_shown=number_shown(form.number, whole),
        callback_number=_callback_shown(form, whole, heard),
        updated_by_name=form.updated_by,
        line=LineView(
            id=form.line, number_shown=line_number(settings, form.line), company=company(settings, form.line)
        ),
        overdue=form.due_at is not None and not form.is_done and form.due_at <= now,
        required=required(as_seen, settings),
        missing=missing(as_seen, settings),
        may_write=writable,
        dialled_for=what_for,
    )


def _callback_shown(form: CallForm, whole: bool, heard: bool) -> str:
    """A number of its own as it was written; whatever was written is hidden from who was not told it."""
    if not _is_another(form):
        return number_shown(form.callback_number, whole)
    return form.callback_number if heard else numbers.mask(form.callback_number)


def _heard_number(tx: Transaction, form: CallForm, actor: Actor) -> bool:
    """Whoever had the call was told where to call back."""
    if not _is_another(form):
        return False
    return talked(tx, form, actor) or (form.origin is Origin.DUTY and is_owner(form, actor))


def _is_another(form: CallForm) -> bool:
    return form.callback_number != "" and not numbers.same_number(form.callback_number, form.number)


_OTHERS = (
    "call_id",
    "owner",
    "number_shown",
    "callback_number",
    "line",
    "overdue",
    "required",
    "missing",
    "may_write",
    "updated_by_name",
    "dialled_for",
)
_AS_IT_IS = tuple(name for name in FormView.model_fields if name not in _OTHERS)
