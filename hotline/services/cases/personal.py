"""G3: cases and requests to block a number, in a person's copy and deletion."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.cases.block_request import BlockRequest
from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.retention.privacy import Person
from hotline.services.personal import CopyColumn, Erasing, PersonalPart
from hotline.storage.cases.person import PersonBlockRequestStore, PersonCaseStore
from hotline.storage.transaction import Transaction

_CASE_FIELDS = (
    *("number", "kind", "title", "content", "state", "opened_at", "closed_at", "result", "caller_number"),
    *("values", "region", "waiting"),
)


class Cases(PersonalPart[ServiceCase]):
    """A case goes with the log form that it was opened from."""

    name, place = "cases", 40
    readme = ("cases.csv 工单", "cases.csv")
    columns = tuple(map(CopyColumn, _CASE_FIELDS))

    def find(self, tx: Transaction, person: Person) -> Sequence[ServiceCase]:
        return PersonCaseStore(tx).of(person.whose)

    def erase(self, tx: Transaction, found: Sequence[ServiceCase], erasing: Erasing) -> int:
        closed = (each for each in found if each.state is CaseState.CLOSED)
        going = [each.id or 0 for each in closed if erasing.may_go_with_form(each.closed_at, each.form_id)]
        PersonCaseStore(tx).forget(going)
        return len(going)


class BlockRequests(PersonalPart[BlockRequest]):
    name, place = "block_requests", 90
    readme = ("block_requests.csv 拦截申请", "block_requests.csv: requests to turn your calls away")
    columns = tuple(map(CopyColumn, ("number", "reason", "asked_at", "decision", "decided_at", "note")))

    def find(self, tx: Transaction, person: Person) -> Sequence[BlockRequest]:
        return PersonBlockRequestStore(tx).of(person.whose)

    def erase(self, tx: Transaction, found: Sequence[BlockRequest], erasing: Erasing) -> int:
        going = [each.id or 0 for each in found if erasing.may_go(each.decided_at, (each.node, each.linkedid))]
        PersonBlockRequestStore(tx).forget(going)
        return len(going)


PARTS = (Cases(), BlockRequests())
