"""G3, PIPL 44-47: requests of persons for a copy, a correction or the deletion of what is kept of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain import numbers
from hotline.domain.accounts.audit import AuditEntry, AuditFilter
from hotline.domain.customers.customer import Customer
from hotline.domain.errors import Conflict, NotFound, Refused
from hotline.domain.ids import is_id
from hotline.domain.numbers import NO_NUMBER
from hotline.domain.people import Actor
from hotline.domain.reasons import because
from hotline.domain.retention.privacy import (
    PRIVACY_CLOCK,
    Person,
    PrivacyRequest,
    RequestKind,
    RequestState,
    verdict_of,
)
from hotline.domain.retention.retention import RetentionVerdict
from hotline.domain.rights.acts import Act
from hotline.domain.text import clean
from hotline.domain.workflow import Transition, Workflow
from hotline.services.access import require_right
from hotline.services.alerts import keep_alerts
from hotline.services.calendar import work_calendar
from hotline.services.customers.customers import known
from hotline.services.deadlines.keeping import Wanted, keep, stop
from hotline.services.deadlines.view import ShownDeadline, shown_deadlines
from hotline.services.looks import note_look
from hotline.services.personal import parts
from hotline.services.retention.deadlines import overdue_alert, usual_term
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.customers.store import CustomerStore
from hotline.storage.retention.privacy import PersonStore, PrivacyRequestStore
from hotline.storage.transaction import Storage, Transaction

MAX_TEXT = 4000
MAX_NAME = 200
#: More calls than any person has.
MAX_CALLS = 10_000


def _managers(_request: PrivacyRequest, actor: Actor) -> None:
    require_right(Act.HANDLE_REQUESTS, actor)


def _state(request: PrivacyRequest) -> RequestState:
    return request.state


_OPEN, _ANSWERED = frozenset({RequestState.OPEN}), {"answer": because("retention.answer")}

#: G3: taken, then answered or turned down, with what the person was told (PIPL 50).
WORKFLOW = Workflow(
    "take",
    RequestState.OPEN,
    _state,
    Transition("answer", _OPEN, RequestState.DONE, _managers, because("retention.request_closed"), _ANSWERED),
    Transition("refuse", _OPEN, RequestState.REFUSED, _managers, because("retention.request_closed"), _ANSWERED),
)


class SeveralPeople(Refused):
    """The number is several customers': which of these `people` asks must be said."""

    def __init__(self, people: Sequence[Customer]) -> None:
        super().__init__("retention.several_people", field="customer_id")
        self.people = tuple(people)
        self.customer_ids = tuple(each.id or 0 for each in people)


@dataclass(frozen=True, slots=True)
class SeenRequest:
    """A request with all that is kept of the person; `verdicts` by the call's id: until when, and why. `deadline`: when
    it must be answered. `erased`: what was deleted last because of it."""

    request: PrivacyRequest
    person: Person
    verdicts: dict[int, RetentionVerdict]
    deadline: ShownDeadline
    erased: AuditEntry | None


@dataclass(frozen=True, slots=True)
class SeenRequests:
    """A page of them; `total`: how many there are. `deadlines` by their ids."""

    found: list[PrivacyRequest]
    total: int
    deadlines: Mapping[int, ShownDeadline]


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
    require_right(Act.HANDLE_REQUESTS, actor)
    whole = numbers.normalise(number, settings.numbers.outside_prefixes)
    if number.strip() and not whole:
        raise Refused("customers.number", field="number")
    if not whole and customer_id is None:
        raise Refused("retention.request_of_whom", field="number")
    name = _words(asked_by, "asked_by", MAX_NAME)
    due = usual_term(settings).due(now, work_calendar(settings))
    with storage.writing() as tx:
        theirs = _whose(tx, whole, customer_id, nobody_known)
        request = PrivacyRequestStore(tx).add(
            PrivacyRequest(kind, whole, theirs, name, now, actor.name, _text(text, "text"), due)
        )
        keep(tx, settings, PRIVACY_CLOCK, {request.id or 0: Wanted(now)}, now)
        PrivacyRequestStore(tx).step(request.id or 0, WORKFLOW.begun(actor, now, {}))
        AuditLog(tx).add(now, actor.name, "privacy.take", f"privacy:{request.id}", kind)
        return request


def find(
    storage: Storage, open_only: bool, actor: Actor, now: datetime, limit: int, offset: int = 0
) -> tuple[list[PrivacyRequest], int]:
    """Those of a page, what is due first, and how many there are. The view is written down (F8)."""
    require_right(Act.HANDLE_REQUESTS, actor)
    with storage.reading() as tx:
        found, total = _page(tx, open_only, limit, offset)
    _note_found(storage, actor, now, found)
    return found, total


def see(
    storage: Storage, settings: Settings, open_only: bool, actor: Actor, now: datetime, limit: int, offset: int = 0
) -> SeenRequests:
    """`find` with their deadlines."""
    require_right(Act.HANDLE_REQUESTS, actor)
    with storage.reading() as tx:
        found, total = _page(tx, open_only, limit, offset)
        deadlines = _deadlines(tx, settings, found, now)
    _note_found(storage, actor, now, found)
    return SeenRequests(found, total, deadlines)


def look(storage: Storage, settings: Settings, request_id: int, actor: Actor, now: datetime) -> SeenRequest:
    """With all that is kept of the person, and until when. Raises Forbidden, NotFound."""
    require_right(Act.HANDLE_REQUESTS, actor)
    with storage.reading() as tx:
        request = read_request(tx, request_id)
        person = person_of(tx, request)
        deadline = _deadlines(tx, settings, [request], now)[request_id]
        erased = AuditLog(tx).search(AuditFilter(action="privacy.erase", object=f"privacy:{request_id}"), 1)
    note_look(storage, actor, now, "privacy.view", f"privacy:{request_id}")
    terms = settings.retention.terms
    return SeenRequest(
        request,
        person,
        {call.id: verdict_of(call, terms, now) for call in person.calls},
        deadline,
        next(iter(erased), None),
    )


def close(
    storage: Storage, request_id: int, state: RequestState, answer: str, actor: Actor, now: datetime
) -> PrivacyRequest:
    """Done or refused: what the person was told, with the reason of a refusal (PIPL 50). Raises Forbidden, NotFound,
    Refused, Conflict when it is closed already."""
    if state is RequestState.OPEN:
        raise Refused("retention.request_state", field="state")
    act = "answer" if state is RequestState.DONE else "refuse"
    with storage.writing() as tx:
        require_right(Act.HANDLE_REQUESTS, actor)
        said = _text(answer, "answer")
        step = WORKFLOW.step(act, read_request(tx, request_id), actor, now, {"answer": said})
        if not PrivacyRequestStore(tx).close(request_id, step.after, said, actor.name, now):
            raise Conflict("retention.request_closed")
        stop(tx, PRIVACY_CLOCK, request_id, now)
        PrivacyRequestStore(tx).step(request_id, replace(step, given={}))
        AuditLog(tx).add(now, actor.name, "privacy.close", f"privacy:{request_id}", f"{state}: {said}")
        closed = read_request(tx, request_id)
    watch(storage, now)
    return closed


def watch(storage: Storage, now: datetime) -> None:
    """Requests that should have been answered are an alert."""
    keep_alerts(storage, lambda tx: [overdue_alert(tx, now)], now)


def read_request(tx: Transaction, request_id: int) -> PrivacyRequest:
    """Raises NotFound."""
    found = PrivacyRequestStore(tx).by_id(request_id) if is_id(request_id) else None
    if found is None:
        raise NotFound("retention.no_request", id=request_id)
    return found


def person_of(tx: Transaction, request: PrivacyRequest) -> Person:
    """All that is kept of whom the request is about."""
    customers: tuple[Customer, ...] = ()
    if request.customer_id is not None:
        customer = known(tx, request.customer_id)
        customers = (customer, *CustomerStore(tx).merged_here(customer.id or 0))
    whole = {number for each in customers for number in each.whole_numbers} | {request.number} - {NO_NUMBER}
    known_so_far = Person(tuple(sorted(whole)), customers, ())
    person = replace(known_so_far, calls=tuple(PersonStore(tx).calls(known_so_far.whose, MAX_CALLS)))
    return replace(person, found={part.name: part.find(tx, person) for part in parts()})


def _page(tx: Transaction, open_only: bool, limit: int, offset: int) -> tuple[list[PrivacyRequest], int]:
    store = PrivacyRequestStore(tx)
    return store.search(open_only, limit, offset), store.count(open_only)


def _note_found(storage: Storage, actor: Actor, now: datetime, found: Sequence[PrivacyRequest]) -> None:
    note_look(storage, actor, now, "privacy_requests.view", "privacy_requests", f"{len(found)} requests")


def _deadlines(
    tx: Transaction, settings: Settings, requests: Sequence[PrivacyRequest], now: datetime
) -> dict[int, ShownDeadline]:
    return shown_deadlines(tx, settings, PRIVACY_CLOCK, {each.id or 0: each.due_at for each in requests}, now)


def _whose(tx: Transaction, number: str, customer_id: int | None, nobody_known: bool) -> int | None:
    if customer_id is not None:
        customer = known(tx, customer_id)
        if number and number not in customer.whole_numbers:
            raise Refused("retention.number_of_customer", field="number")
        return customer.id
    theirs = [] if nobody_known else CustomerStore(tx).of_number(number)
    if len(theirs) > 1:
        raise SeveralPeople(theirs)
    return theirs[0].id if theirs else None


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
