"""G3: what the tables of retention hold of a person: why their calls are held, and what they asked for."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select, update

from hotline.domain.persons import Whose
from hotline.domain.retention.privacy import PrivacyRequest
from hotline.domain.retention.retention import LegalHold
from hotline.storage.kept_for import CallKey
from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.retention.privacy import request_of
from hotline.storage.retention.store import hold_of
from hotline.storage.retention.tables import (
    archive_disc,
    archive_item,
    asked_deletion,
    expiry_listing,
    privacy_request,
    recording_deletion,
    recording_hold,
    store_check,
    wanted_discs,
)
from hotline.storage.transaction import TableStore
from hotline.storage.whose import at_calls, theirs

_PROOF = "the proof that the request was answered, and how (PIPL art. 50 and 69)"

COLUMNS = (
    PersonalTable(
        recording_hold,
        part="holds",
        copied="reason",
        erased="reason",
        nothing={Holds.ID: "node linkedid", Holds.STAFF: "set_by lifted_by"},
    ),
    PersonalTable(expiry_listing),
    PersonalTable(
        asked_deletion, nothing={Holds.ID: "recordings", Holds.STAFF: "asked_by answered_by", Holds.WORK: "reason"}
    ),
    PersonalTable(
        recording_deletion,
        nothing={
            Holds.ID: "node linkedid",
            Holds.CODE: "kind why",
            Holds.PATH: "path peaks_path",
            Holds.HASH: "sha256",
            Holds.STAFF: "deleted_by",
        },
    ),
    PersonalTable(
        archive_disc,
        nothing={
            Holds.SETTING: "label",
            Holds.CODE: "medium",
            Holds.PATH: "file",
            Holds.HASH: "sha256",
            Holds.STAFF: "created_by",
        },
    ),
    PersonalTable(wanted_discs, nothing={Holds.CODE: "medium", Holds.STAFF: "asked_by", Holds.TECHNICAL: "problem"}),
    PersonalTable(archive_item, nothing={Holds.PATH: "path", Holds.HASH: "sha256"}),
    PersonalTable(
        privacy_request,
        part="requests",
        copied="number asked_by text answer",
        kept=dict.fromkeys(("number", "asked_by", "text", "answer"), _PROOF),
        nothing={Holds.CODE: "kind state", Holds.STAFF: "taken_by closed_by"},
    ),
    PersonalTable(store_check, nothing={Holds.ID: "node findings", Holds.TECHNICAL: "counts"}),
)


class PersonHoldStore(TableStore):
    def of(self, calls: Collection[CallKey]) -> list[LegalHold]:
        """Of these calls, lifted ones too, oldest first."""
        found = [
            hold_of(row)
            for of_calls in at_calls(calls)
            for row in self._connection.execute(select(recording_hold).where(of_calls(recording_hold)))
        ]
        return sorted(found, key=lambda hold: hold.id or 0)

    def forget(self, calls: Collection[CallKey]) -> None:
        """Delete why these calls were held."""
        for of_calls in at_calls(calls):
            self._connection.execute(update(recording_hold).where(of_calls(recording_hold)).values(reason=""))


class PersonRequestStore(TableStore):
    def of(self, whose: Whose) -> list[PrivacyRequest]:
        """What they asked for, newest first: these customers, or who is no customer, from these numbers. A customer's
        number may be others' too, who proved who they are in their requests: those are not given away."""
        asked = privacy_request.c
        these = Whose(customer_ids=whose.customer_ids) if whose.customer_ids else whose
        wanted = theirs(asked.number, asked.customer_id, these)
        rows = self._connection.execute(select(privacy_request).where(wanted).order_by(asked.id.desc()))
        return [request_of(row) for row in rows]
