"""G3, PIPL 44-47: requests of persons for a copy, a correction or the deletion of what is kept of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain import numbers
from hotline.domain.customers.customer import Customer
from hotline.domain.errors import Conflict, NotFound, Refused
from hotline.domain.people import MANAGERS, Actor
from hotline.domain.reasons import because
from hotline.domain.retention.privacy import Person, PrivacyRequest, RequestKind, RequestState, due_at, verdict_of
from hotline.domain.retention.retention import RetentionVerdict
from hotline.domain.text import clean
from hotline.services.access import require_role
from hotline.services.alerts import AlertKind, set_alert
from hotline.services.customers.customers import known
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.customers.store import CustomerStore
from hotline.storage.retention.privacy import PersonStore, PrivacyRequestStore
from hotline.storage.transaction import Storage, Transaction

MAX_TEXT = 4000
MAX_NAME = 200
#: More calls than any person has.
MAX_CALLS = 10_000


class SeveralPeople(Refused):
    """The number is several customers': which of them asks must be said. `customer_ids`: theirs."""

    def __init__(self, customer_ids: tuple[int, ...]) -> None:
        super().__init__("retention.several_people", field="customer_id")
        self.customer_ids = customer_ids


@dataclass(frozen=True, slots=True)
class SeenRequest:
    """A request with all that is kept of the person; `verdicts` by the call's id: until when, and why."""

    request: PrivacyRequest
    person: Person
    verdicts: dict[int, RetentionVerdict]


def take(
    storage: Storage,
    settings: Settings,
    kind: RequestKind,
    number: str,
    customer_id: int | None,
    asked_by: str,
    text: str,
    actor: Actor,
    now: datetime,
    nobody_known: bool = False,
) -> PrivacyRequest:
    """Write a request down. Of a number that one customer has it is theirs; `nobody_known`: it is of none of those who
    have it. Raises Forbidden, NotFound, Refused, SeveralPeople."""
    require_role(actor, *MANAGERS)
    whole = numbers.normalise(number, settings.numbers.outside_prefixes)
    if number.strip() and not whole:
        raise Refused("customers.number", field="number")
    if not whole and customer_id is None:
        raise Refused("retention.request_of_whom", field="number")
    name = _words(asked_by, "asked_by", MAX_NAME)
    with storage.writing() as tx:
        theirs = _whose(tx, whole, customer_id, nobody_known)
        request = PrivacyRequestStore(tx).add(
            PrivacyRequest(
                kind, whole, theirs, name, now, actor.name, _text(text, "text"), due_at(now, settings.privacy.due_days)
            )
        )
        AuditLog(tx).add(now, actor.name, "privacy.take", f"privacy:{request.id}", kind)
        return request


def find(
    storage: Storage, open_only: bool, actor: Actor, now: datetime, limit: int, offset: int = 0
) -> tuple[list[PrivacyRequest], int]:
    """Those of a page, what is due first, and how many there are. The view is written down (F8)."""
    require_role(actor, *MANAGERS)
    with storage.writing() as tx:
        found = PrivacyRequestStore(tx).search(open_only, limit, offset)
        AuditLog(tx).add(now, actor.name, "privacy_requests.view", "privacy_requests", f"{len(found)} requests")
        return found, PrivacyRequestStore(tx).count(open_only)


def look(storage: Storage, settings: Settings, request_id: int, actor: Actor, now: datetime) -> SeenRequest:
    """With all that is kept of the person, and until when. Raises Forbidden, NotFound."""
    require_role(actor, *MANAGERS)
    with storage.writing() as tx:
        request = read_request(tx, request_id)
        AuditLog(tx).add(now, actor.name, "privacy.view", f"privacy:{request_id}")
    with storage.reading() as tx:
        person = person_of(tx, request)
    terms = settings.retention.terms
    return SeenRequest(request, person, {call.id: verdict_of(call, terms, now) for call in person.calls})


def close(
    storage: Storage, request_id: int, state: RequestState, answer: str, actor: Actor, now: datetime
) -> PrivacyRequest:
    """Done or refused: what the person was told, with the reason of a refusal (PIPL 50). Raises Forbidden, NotFound,
    Refused, Conflict when it is closed already."""
    require_role(actor, *MANAGERS)
    if state is RequestState.OPEN:
        raise Refused("retention.request_state", field="state")
    said = _words(answer, "answer", MAX_TEXT)
    with storage.writing() as tx:
        read_request(tx, request_id)
        if not PrivacyRequestStore(tx).close(request_id, state, said, actor.name, now):
            raise Conflict("retention.request_closed")
        AuditLog(tx).add(now, actor.name, "privacy.close", f"privacy:{request_id}", f"{state}: {said}")
        closed = read_request(tx, request_id)
    watch(storage, now)
    return closed


def watch(storage: Storage, now: datetime) -> None:
    """Requests that should have been answered are an alert."""
    with storage.writing() as tx:
        count, earliest = PrivacyRequestStore(tx).overdue(now)
        overdue = because("retention.requests_overdue", count=count, earliest_at=earliest) if earliest else None
        set_alert(tx, AlertKind.PRIVACY_REQUESTS, "", overdue, now)


def read_request(tx: Transaction, request_id: int) -> PrivacyRequest:
    """Raises NotFound."""
    found = PrivacyRequestStore(tx).by_id(request_id) if request_id < 2**31 else None
    if found is None:
        raise NotFound("retention.no_request", id=request_id)
    return found


def person_of(tx: Transaction, request: PrivacyRequest) -> Person:
    """All that is kept of whom the request is about."""
    customers: tuple[Customer, ...] = ()
    if request.customer_id is not None:
        customer = known(tx, request.customer_id)
        customers = (customer, *CustomerStore(tx).merged_here(customer.id or 0))
    whole = {number for each in customers for number in each.whole_numbers} | {request.number} - {""}
    ids = [each.id or 0 for each in customers]
    return Person(
        tuple(sorted(whole)),
        customers,
        tuple(PersonStore(tx).calls(whole, ids, MAX_CALLS)),
        tuple(PersonStore(tx).cases(whole, ids)),
        tuple(PersonStore(tx).callbacks(whole, ids)),
        tuple(PersonStore(tx).messages(whole, ids)),
    )


def _whose(tx: Transaction, number: str, customer_id: int | None, nobody_known: bool) -> int | None:
    if customer_id is not None:
        customer = known(tx, customer_id)
        if number and number not in customer.whole_numbers:
            raise Refused("retention.number_of_customer", field="number")
        return customer.id
    theirs = () if nobody_known else tuple(each.id or 0 for each in CustomerStore(tx).of_number(number))
    if len(theirs) > 1:
        raise SeveralPeople(theirs)
    return theirs[0] if theirs else None


def _words(text: str, field: str, most: int) -> str:
    said = _text(text, field, most)
    if not said:
        raise Refused("retention.answer") if field == "answer" else Refused("retention.words_needed", field=field)
    return said


def _text(text: str, field: str, most: int = MAX_TEXT) -> str:
    said = clean(text, several_lines=most > MAX_NAME).strip()
    if len(said) > most:
        raise Refused("retention.words_too_long", most=most, field=field)
    return said
