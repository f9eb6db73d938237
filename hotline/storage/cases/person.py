"""G3: what cases and requests to block hold of a person."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update

from hotline.domain.batches import batches
from hotline.domain.cases.block_request import BlockRequest
from hotline.domain.cases.case import SEARCHED_AS, ServiceCase
from hotline.domain.persons import Whose
from hotline.storage.cases.block_requests import block_request_of
from hotline.storage.cases.store import case_of
from hotline.storage.cases.tables import block_request, case_call, case_filter, case_link_mail, service_case
from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.search_index import SearchIndex
from hotline.storage.transaction import TableStore
from hotline.storage.whose import theirs, theirs_by_form
from hotline.storage.workflow import StepStore

COLUMNS = (
    PersonalTable(
        service_case,
        part="cases",
        copied="caller_number title content result values region waiting",
        erased="caller_number title content result values region waiting",
        nothing={
            Holds.ID: "number",
            Holds.CODE: "kind state stage channel priority complexity severity subject",
            Holds.STAFF: "owner opened_by closed_by about offered_to",
        },
    ),
    PersonalTable(case_link_mail, nothing={Holds.STAFF: "asked_by", Holds.CODE: "state"}),
    PersonalTable(case_filter, nothing={Holds.STAFF: "owner", Holds.WORK: "name asked"}),
    PersonalTable(case_call, nothing={Holds.ID: "node linkedid", Holds.STAFF: "by"}),
    PersonalTable(
        block_request,
        part="block_requests",
        copied="number reason note",
        erased="number reason note",
        nothing={Holds.ID: "node linkedid", Holds.CODE: "decision", Holds.STAFF: "asked_by decided_by"},
    ),
)


class PersonCaseStore(TableStore):
    def of(self, whose: Whose) -> list[ServiceCase]:
        """Newest first."""
        columns = service_case.c
        rows = self._connection.execute(
            select(service_case)
            .where(theirs(columns.caller_number, columns.customer_id, whose))
            .order_by(columns.opened_at.desc(), columns.id.desc())
        )
        return [case_of(row) for row in rows]

    def forget(self, case_ids: Sequence[int]) -> None:
        """Delete what they say of the caller: in them, in what was given with their steps, in the index of search."""
        StepStore(self._tx).forget_words("case", case_ids)
        SearchIndex(self._connection).forget(SEARCHED_AS, case_ids)
        for some in batches(case_ids):
            self._connection.execute(
                update(service_case)
                .where(service_case.c.id.in_(some))
                .values(
                    caller_number="",
                    customer_id=None,
                    title="",
                    content="",
                    result="",
                    values={},
                    region="",
                    waiting="",
                )
            )


class PersonBlockRequestStore(TableStore):
    def of(self, whose: Whose) -> list[BlockRequest]:
        """Newest first."""
        wanted = theirs_by_form(block_request, block_request.c.number, whose).order_by(block_request.c.id.desc())
        return [block_request_of(row) for row in self._connection.execute(wanted)]

    def forget(self, request_ids: Sequence[int]) -> None:
        """Delete whose number was asked to be blocked, and why."""
        for some in batches(request_ids):
            self._connection.execute(
                update(block_request).where(block_request.c.id.in_(some)).values(number="", reason="", note="")
            )
