"""G3, PIPL 44-47: a person asks for a copy, a correction or the deletion of what is kept of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from hotline.domain.callbacks.owed import Callback
from hotline.domain.calls.call import Call, Caller, Party, PartyKind
from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.customers.customer import Customer, PreferredWay
from hotline.domain.directory.directory import DirectoryMessage
from hotline.domain.forms.form import CallForm, FormState
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.recordings.recording import RecordingEntry
from hotline.domain.retention.retention import KeptFor, RetentionVerdict, Terms, judge


class RequestKind(StrEnum):
    COPY = "copy"  # PIPL 45
    CORRECTION = "correction"  # PIPL 46
    DELETION = "deletion"  # PIPL 47


class RequestState(StrEnum):
    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PrivacyRequest:
    """`number` is empty where only the customer is known. `asked_by`: who asks, and how they proved who they are.
    `due_at`: the first moment at which it is overdue. `answer`: what the person was told."""

    kind: RequestKind
    number: Number
    customer_id: int | None
    asked_by: str
    asked_at: datetime
    taken_by: str
    text: str
    due_at: datetime
    state: RequestState = RequestState.OPEN
    answer: str = ""
    closed_at: datetime | None = None
    closed_by: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class KeptCall:
    """A call of the person, with what was written and recorded of it, and what its term is counted from."""

    id: int
    call: Call
    form: CallForm | None
    recordings: tuple[RecordingEntry, ...]
    kept: KeptFor


@dataclass(frozen=True, slots=True)
class Person:
    """All that is kept of one person: `customers` with those that turned out to be them, calls newest first,
    `messages` that they left for people of the directory."""

    numbers: tuple[Number, ...]
    customers: tuple[Customer, ...]
    calls: tuple[KeptCall, ...]
    cases: tuple[ServiceCase, ...]
    callbacks: tuple[Callback, ...]
    messages: tuple[DirectoryMessage, ...]


def verdict_of(kept: KeptCall, terms: Terms, now: datetime) -> RetentionVerdict:
    """Records are kept as long as the recordings of their calls (E2)."""
    return judge(kept.kept, terms, now)


def case_may_go(
    case: ServiceCase, going: Collection[int], staying: Collection[int], terms: Terms, now: datetime
) -> bool:
    """A case goes with the record that it was opened from, and stays with it: `going` and `staying` are the person's
    records. Without one of these it goes by its own end. An open one stays."""
    if case.state is not CaseState.CLOSED or case.form_id in staying:
        return False
    return case.form_id in going or judge(KeptFor(case.closed_at), terms, now).may_go


def message_may_go(
    message: DirectoryMessage,
    going: Collection[tuple[str, str]],
    staying: Collection[tuple[str, str]],
    terms: Terms,
    now: datetime,
) -> bool:
    """As a case, with the call that it was left in; one that was not passed on yet stays."""
    call = (message.node, message.linkedid)
    if message.passed_on_at is None or call in staying:
        return False
    return call in going or judge(KeptFor(message.passed_on_at), terms, now).may_go


def anonymous_customer(customer: Customer) -> Customer:
    """Without all that tells who it is. That they do not want to be called or asked stays (E3, E10); so do then the
    numbers, without which nobody could heed it."""
    way = PreferredWay.NONE if customer.preferred_way is PreferredWay.NONE else PreferredWay.PHONE
    return replace(
        customer,
        name="",
        company="",
        region="",
        address="",
        mail="",
        note="",
        consent_at=None,
        preferred_way=way,
        numbers=customer.numbers if keeps_numbers(customer) else (),
    )


def keeps_numbers(customer: Customer) -> bool:
    return customer.do_not_call or customer.preferred_way is PreferredWay.NONE


def anonymous_call(call: Call) -> Call:
    """The call as the figures need it, without the caller."""
    hang_up = call.hang_up and replace(call.hang_up, by=_nobody(call.hang_up.by))
    transfers = tuple(
        replace(each, from_party=_nobody(each.from_party), to_party=_nobody(each.to_party)) for each in call.transfers
    )
    return replace(
        call,
        caller=Caller(NO_NUMBER, "", withheld=True),
        callback_number=NO_NUMBER,
        hang_up=hang_up,
        transfers=transfers,
    )


def anonymous_form(form: CallForm) -> CallForm:
    """That there was a record, of which kind and by whom; nothing of the caller. An open one is over."""
    return replace(
        form,
        number=NO_NUMBER,
        customer_id=None,
        caller_name="",
        callback_number="",
        region=None,
        address="",
        content="",
        handling="",
        promise="",
        follow_up_person="",
        fields={},
        state=FormState.DONE,
        promise_kept_at=form.promise_kept_at or form.promise_due_at,
    )


def _nobody(party: Party) -> Party:
    return Party(party.kind) if party.kind is PartyKind.CALLER else party
