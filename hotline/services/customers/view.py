"""A customer as programs and the console see them: one shape, described by its schema. Times are UTC in ISO 8601."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.calls.call import Direction, Outcome
from hotline.domain.customers.customer import Customer, CustomerNumber, PreferredWay, as_written
from hotline.domain.customers.history import CaseSummary, FormSummary, HistoryEntry, HistoryKind
from hotline.domain.rights.seeing import Sight, may_see
from hotline.services.shown import region


class _View(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NumberView(_View):
    id: int
    number: str | None = Field(description="E.164; only for those who may see it whole")
    number_shown: str = Field(description="as dialled, with its middle hidden from those who need not have it (A14)")
    extension: str
    label: str
    region: str


class CustomerView(_View):
    id: int
    name: str
    company: str
    region: str
    address: str
    mail: str
    preferred_way: PreferredWay = Field(description="E3: by which way they may be asked how it went")
    do_not_call: bool = Field(description="E10: nobody dials them")
    level: str = Field(description="of the settings customers.levels; empty: the usual one")
    consent_at: datetime | None = Field(description="when they agreed to be asked for their opinion")
    note: str
    version: int
    created_at: datetime | None
    updated_at: datetime | None
    updated_by: str
    numbers: list[NumberView]


class HistoryForm(_View):
    id: int
    state: str
    owner_name: str
    caller_name: str
    category: str
    content: str
    handling: str
    solved: bool | None
    promise: str
    promise_due_at: datetime | None
    complaint: bool | None


class HistoryCase(_View):
    id: int
    number: str
    kind: str
    title: str
    state: str
    owner: str
    opened_at: datetime
    closed_at: datetime | None
    result: str


class HistoryView(_View):
    """A call, with its form if one was begun, or a case."""

    kind: HistoryKind
    at: datetime
    call_id: int | None
    line: str | None
    direction: Direction | None = Field(description="of a call: who called")
    outcome: Outcome | None = Field(description="of a call; null while it lasts")
    answered_by: str | None
    talk_seconds: float | None
    form: HistoryForm | None
    case: HistoryCase | None


def customer_view(customer: Customer, sight: Sight) -> CustomerView:
    """For somebody who sees these numbers whole."""
    fields = {name: getattr(customer, name) for name in CustomerView.model_fields if name != "numbers"}
    return CustomerView(
        **fields, numbers=[number_view(number, may_see(sight, number.number)) for number in customer.numbers]
    )


def number_view(number: CustomerNumber, whole: bool) -> NumberView:
    return NumberView(
        id=number.id or 0,
        number=number.number if whole else None,
        number_shown=as_written(number, not whole),
        extension=number.extension,
        label=number.label,
        region=region(number.number),
    )


def history_view(entry: HistoryEntry) -> HistoryView:
    call = entry.call
    by = call.answered_by if call else None
    return HistoryView(
        kind=entry.kind,
        at=entry.at,
        call_id=entry.call_id,
        line=call.line if call else None,
        direction=call.direction if call else None,
        outcome=call.outcome if call else None,
        answered_by=by.name or by.kind.value if by else None,
        talk_seconds=call.talk_seconds if call else None,
        form=_form(entry.form) if entry.form else None,
        case=_case(entry.case) if entry.case else None,
    )


def _form(form: FormSummary) -> HistoryForm:
    return HistoryForm(**{name: getattr(form, name) for name in HistoryForm.model_fields})


def _case(case: CaseSummary) -> HistoryCase:
    return HistoryCase(**{name: getattr(case, name) for name in HistoryCase.model_fields})
