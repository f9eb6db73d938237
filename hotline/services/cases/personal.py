"""G3: cases and requests to block a number, in a person's copy and deletion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hotline.domain.cases.block_request import BlockRequest
from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.cases.clocks import CaseStep
from hotline.domain.retention.privacy import Person
from hotline.domain.time import second_text
from hotline.services.cases.facts import CASE
from hotline.services.cases.merging import survivor_of
from hotline.services.personal import Copied, CopyColumn, CopyFile, Copying, Erasing, PersonalPart, csv_of, json_of
from hotline.storage.attachments.store import AttachmentStore
from hotline.storage.cases.person import PersonBlockRequestStore, PersonCaseStore
from hotline.storage.transaction import Transaction
from hotline.storage.workflow import StepStore

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

    def copy(self, tx: Transaction, found: Sequence[ServiceCase], copying: Copying) -> Copied:
        """With what was given with each of their steps, and their files."""
        ids = [each.id or 0 for each in found]
        steps, attached = StepStore(tx).of(CASE, ids, str), AttachmentStore(tx).of(CASE, ids)
        files = [CopyFile(f"cases/{each.id}_{each.download_name}", each.path) for each in attached]
        whole = [
            {**row, "steps": [_step(step) for step in steps.get(each.id or 0, [])]}
            for row, each in zip(json_of(self.columns, found), found, strict=True)
        ]
        return Copied(*csv_of(self.columns, found), whole, files=files)

    def erase(self, tx: Transaction, found: Sequence[ServiceCase], erasing: Erasing) -> int:
        ends = {each.id or 0: _ended(tx, each) for each in found}
        closed = (each for each in found if ends[each.id or 0] is not None)
        going = [each.id or 0 for each in closed if erasing.may_go_with_form(ends[each.id or 0], each.form_id)]
        PersonCaseStore(tx).forget(going)
        files = [each.id for each in AttachmentStore(tx).of(CASE, going)]
        AttachmentStore(tx).remove(files, erasing.actor.name, erasing.now)
        return len(going)


def _ended(tx: Transaction, case: ServiceCase) -> datetime | None:
    """A merged one is over when that is within which it goes on."""
    within = survivor_of(tx, case)
    return within.closed_at if within.state is CaseState.CLOSED else None


def _step(step: CaseStep) -> dict[str, object]:
    return {"act": step.act, "at": second_text(step.at), "given": dict(step.given)}


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
