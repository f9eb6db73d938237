"""G3, PIPL 47: deletes what is stored of a person, unless a rule requires that it is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain.customers.customer import Customer
from hotline.domain.errors import Conflict, Outdated, Refused
from hotline.domain.people import MANAGERS, Actor
from hotline.domain.recordings.recording import RecordingState
from hotline.domain.retention.privacy import (
    KeptCall,
    Person,
    PrivacyRequest,
    RequestKind,
    RequestState,
    anonymous_call,
    anonymous_customer,
    anonymous_form,
    case_may_go,
    keeps_numbers,
    message_may_go,
    verdict_of,
)
from hotline.domain.retention.retention import Terms
from hotline.services.access import require_role
from hotline.services.recordings.files import RecordingFiles
from hotline.services.retention import expiry
from hotline.services.retention.privacy import person_of, read_request
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.retention.privacy import PersonStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class Erased:
    """What a deletion took: `calls` and their records without the caller from now on, `messages` left for people of the
    directory; and what the law still keeps. `numbers_kept`: of who does not want to be called, so that nobody does
    (E10)."""

    customers: int = 0
    calls: int = 0
    cases: int = 0
    messages: int = 0
    recordings: int = 0
    calls_kept: int = 0
    numbers_kept: bool = False


def erase(
    storage: Storage, files: RecordingFiles, settings: Settings, request_id: int, actor: Actor, now: datetime
) -> Erased:
    """Delete of the person what no rule keeps: recordings whose time is over, what was written of those calls, and what
    is known of the customer. Their calls of the last years stay, with their records. Doing it again finishes what was
    interrupted. Raises Forbidden, NotFound, Refused, Conflict, Outdated, StoreUnavailable."""
    require_role(actor, *MANAGERS)
    terms = settings.retention.terms
    with storage.reading() as tx:
        request = _open_deletion(tx, request_id)
        person = person_of(tx, request)
    recordings = [
        each.id or 0
        for call in person.calls
        if verdict_of(call, terms, now).may_go
        for each in call.recordings
        if each.state is RecordingState.READY
    ]
    gone = expiry.expire(storage, files, terms, recordings, actor.name, now, request_id)
    with storage.writing() as tx:
        _open_deletion(tx, request_id)
        erased = replace(_erase(tx, person_of(tx, request), terms, actor, now), recordings=gone.deleted)
        AuditLog(tx).add(now, actor.name, "privacy.erase", f"privacy:{request_id}", _told(erased))
    return erased


def _open_deletion(tx: Transaction, request_id: int) -> PrivacyRequest:
    request = read_request(tx, request_id)
    if request.state is not RequestState.OPEN:
        raise Conflict("retention.request_closed")
    if request.kind is not RequestKind.DELETION:
        raise Refused("retention.no_deletion_asked")
    return request


def _erase(tx: Transaction, person: Person, terms: Terms, actor: Actor, now: datetime) -> Erased:
    """Raises Outdated when somebody else has just written something of it."""
    going = [call for call in person.calls if _may_be_forgotten(call, terms, now)]
    gone = {call.id for call in going}
    staying = [call for call in person.calls if call.id not in gone]
    for call in going:
        CallStore(tx).save([anonymous_call(call.call)], now)
        if call.form is not None:
            PersonStore(tx).forget_form(replace(anonymous_form(call.form), updated_at=now, updated_by=actor.name))
    PersonStore(tx).forget_callbacks(sorted(_keys(going)))
    cases = [case.id or 0 for case in person.cases if case_may_go(case, _forms(going), _forms(staying), terms, now)]
    PersonStore(tx).forget_cases(cases)
    messages = [
        message.id or 0
        for message in person.messages
        if message_may_go(message, _keys(going), _keys(staying), terms, now)
    ]
    PersonStore(tx).forget_messages(messages)
    for customer in person.customers:
        _forget_customer(tx, customer, actor, now)
    PersonStore(tx).forget_merges([each.id or 0 for each in person.customers], now)
    return Erased(
        len(person.customers),
        len(going),
        len(cases),
        len(messages),
        calls_kept=len(staying),
        numbers_kept=any(keeps_numbers(each) for each in person.customers),
    )


def _forget_customer(tx: Transaction, customer: Customer, actor: Actor, now: datetime) -> None:
    anonymous = anonymous_customer(customer)
    for number in customer.numbers if not anonymous.numbers else ():
        CustomerStore(tx).remove_number(customer.id or 0, number.id or 0)
    changed = replace(anonymous, version=customer.version + 1, updated_at=now, updated_by=actor.name)
    if not CustomerStore(tx).update(changed, customer.version):
        raise Outdated("customers.changed_meanwhile")


def _keys(calls: Iterable[KeptCall]) -> frozenset[tuple[str, str]]:
    return frozenset((call.call.node, call.call.linkedid) for call in calls)


def _forms(calls: Iterable[KeptCall]) -> frozenset[int]:
    return frozenset(call.form.id for call in calls if call.form and call.form.id is not None)


def _may_be_forgotten(call: KeptCall, terms: Terms, now: datetime) -> bool:
    """Nothing keeps it, and none of its recordings is left."""
    left = any(each.state in (RecordingState.READY, RecordingState.PENDING) for each in call.recordings)
    return verdict_of(call, terms, now).may_go and not left


def _told(erased: Erased) -> str:
    return (
        f"{erased.customers} customers, {erased.calls} calls, {erased.cases} cases, "
        f"{erased.messages} messages, {erased.recordings} recordings; {erased.calls_kept} calls kept by law"
    )
