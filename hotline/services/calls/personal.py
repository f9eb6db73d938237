"""G3: calls in a person's copy and deletion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.calls.anonymous import anonymous_call
from hotline.domain.calls.call import Call
from hotline.domain.retention.privacy import KeptCall, Person
from hotline.services.personal import Copied, CopyColumn, Copying, Erasing, PersonalPart, csv_of, json_of
from hotline.storage.calls.store import CallStore
from hotline.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    call: Call
    kept_until: datetime | None


def _answered(row: _Row) -> str:
    """By name; no number of ours is given away (A14)."""
    by = row.call.answered_by
    return (by.name or by.kind.value) if by else ""


class Calls(PersonalPart[KeptCall]):
    """The call stays, so that the figures of its day stay right, without the caller."""

    name, place = "calls", 20
    readme = ("calls.csv 通话", "calls.csv: calls")
    columns = (
        CopyColumn("id", header="call"),
        CopyColumn("began", "call.started_at"),
        CopyColumn("ended", "call.ended_at"),
        CopyColumn("number", "call.caller.number"),
        CopyColumn("outcome", "call.outcome"),
        CopyColumn("answered_by", _answered, "answered by"),
        CopyColumn("talk_seconds", lambda row: f"{row.call.talk_seconds:.0f}", "talk seconds"),
        CopyColumn("kept_until", header="kept until"),
        CopyColumn("number_as_sent", "call.caller.original", "number as sent"),
        CopyColumn("name_as_sent", "call.caller.name", "name as sent"),
        CopyColumn("number_withheld", "call.caller.kept_back", "number withheld"),
        CopyColumn("number_to_call_back", "call.callback_number", "number to call back"),
    )

    def find(self, tx: Transaction, person: Person) -> Sequence[KeptCall]:
        return person.calls

    def copy(self, tx: Transaction, found: Sequence[KeptCall], copying: Copying) -> Copied:
        rows = [_Row(each.id, each.call, copying.verdict(each).until) for each in found]
        entries = json_of(self.columns, rows)
        of_calls = {row.id: {**entry, "outcome": row.call.outcome} for row, entry in zip(rows, entries, strict=True)}
        return Copied(*csv_of(self.columns, rows), of_calls=of_calls)

    def erase(self, tx: Transaction, found: Sequence[KeptCall], erasing: Erasing) -> int:
        CallStore(tx).save([anonymous_call(each.call) for each in erasing.going], erasing.now)
        return len(erasing.going)


PARTS = (Calls(),)
