"""A row of every table, with a mark in each column that holds something of a person: all of one person whose terms are
over. What a row needs besides, to be read at all, stands in `_MUST_BE`; a new table adds its codes there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, Float, Integer, LargeBinary, Table, insert, select

from hotline.domain.calls.call import Caller, HangUp, Party, PartyKind, Transfer
from hotline.domain.numbers import NO_NUMBER, Number, as_dialled
from hotline.storage.calls.detail import CallDetail
from hotline.storage.customers.tables import customer_number
from hotline.storage.personal import PersonalTable
from hotline.storage.schema import metadata
from hotline.storage.search.tables import search_entry
from hotline.storage.types import Json, PhoneNumber, StoredReason, UtcDateTime
from tests.support.rows import a_call

#: Of every row, and so of every link between two: nothing that is added later gets it.
ID = 1000
NODE, LINKEDID = "node1", "old"
SOUND = "2026/03/11/node1-old-talk.flac"

_MUST_BE: dict[str, Any] = {
    "recording.state": "ready",
    "recording.kind": "talk",
    "recording.path": SOUND,
    "attachment.kind": "form",
    "attachment.removed_at": None,
    "dial.outcome": "reached",
    "sms_message.state": "sent",
    "transcript.state": "done",
    "transcript.channel": 0,
    "call_form.origin": "operator",
    "call_form.state": "done",
    "questionnaire_reply.way": "phone",
    "rating.way": "key",
    "rating.follow": "",
    "service_case.kind": "complaint",
    "service_case.state": "closed",
    "service_case.channel": "hotline",
    "service_case.priority": "usual",
    "service_case.complexity": "simple",
    "service_case.merged_into": None,
    "service_case.parent_id": None,
    "callback.reason": "promised",
    "callback.outcome": "done",
    "callback_call.reason": "promised",
    "project_round.kind": "inspection",
    "project_round.state": "done",
    "campaign.kind": "list",
    "campaign.basis": "list",
    "campaign.state": "done",
    "campaign_member.state": "left_out",
    "campaign_member.reason": "broken",
    "block_request.decision": "approved",
    "visit.origin": "by_hand",
    "visit.way": "call",
    "visit.state": "done",
    "visit.ending": "answered",
    "visit.result": "satisfied",
    "visit_try.way": "call",
    "visit_try.outcome": "busy",
    "customer.preferred_way": "phone",
    "customer_merge.moved": {"numbers": [], "forms": [], "cases": []},
    "call_transfer.state": "done",
    "recording_deletion.recording_id": 1,
    "privacy_request.kind": "deletion",
    "privacy_request.state": "open",
    "workflow_step.subject": "examination",
}


class Marks:
    """What stands in each personal column: a text that nothing else has, or a number of the person's that no other
    column has. `of`: by "table.column"."""

    def __init__(self, told: tuple[PersonalTable, ...], at: datetime) -> None:
        self._numbers = count(13800138001)
        self._at = at
        self.of = {name: self._mark(name, column) for name, column in _personal(told)}

    def _mark(self, name: str, column: Column[Any]) -> str:
        if isinstance(column.type, PhoneNumber | CallDetail):
            return Number(f"+86{next(self._numbers)}")
        return f"«{name}»"

    @property
    def numbers(self) -> list[Number]:
        return [mark for mark in self.of.values() if isinstance(mark, Number)]

    def written(self, name: str) -> str:
        """As it stands in a text: without what the writing of a number adds."""
        mark = self.of[name]
        return as_dialled(mark) if isinstance(mark, Number) else mark

    def fill(self, connection: Connection) -> None:
        """A row into every table; the index of search is built from what the others say."""
        for table in metadata.sorted_tables:
            if table is not search_entry:
                connection.execute(insert(table).values({c.name: self._value(table, c) for c in table.columns}))
        others = [number for name, number in self.of.items() if name != "customer_number.number"]
        for number in others:
            if isinstance(number, Number):
                connection.execute(insert(customer_number).values(customer_id=ID, number=number))

    def left(self, connection: Connection) -> set[tuple[str, str]]:
        """(the mark's column, the column in which it stands) of all that stand anywhere."""
        found = set()
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                for column, value in row.items():
                    found |= {(name, f"{table.name}.{column}") for name in self.of if self.written(name) in str(value)}
        return found

    def _value(self, table: Table, column: Column[Any]) -> Any:
        name = f"{table.name}.{column.name}"
        if name in _MUST_BE:
            return _MUST_BE[name]
        if name in self.of:
            return self._marked(name, column)
        if isinstance(column.type, UtcDateTime):
            return self._at
        if isinstance(column.type, Integer):
            is_id = column.name == "id" or column.name.endswith("_id")
            return ID if is_id else None if column.nullable else 1
        if isinstance(column.type, Float | Boolean):
            return 0
        if isinstance(column.type, Json):
            return {}
        if isinstance(column.type, LargeBinary):
            return b"x"
        if isinstance(column.type, Date):
            return None if column.nullable else self._at.date()
        if isinstance(column.type, StoredReason | PhoneNumber):
            return None if isinstance(column.type, StoredReason) else NO_NUMBER
        return {"node": NODE, "linkedid": LINKEDID}.get(column.name, "x")

    def _marked(self, name: str, column: Column[Any]) -> Any:
        mark = self.of[name]
        if isinstance(column.type, CallDetail):
            return self._call(Number(mark))
        if name == "transcript.words":
            return [[mark, 0.0, 1.0, 0.9]]
        if isinstance(column.type, LargeBinary):
            return mark.encode()
        return {"some": mark} if isinstance(column.type, Json) else mark

    def _call(self, callback_number: Number) -> Any:
        """The caller stands in more places of a call than the columns beside it have."""
        call, of = a_call(LINKEDID, self._at), self.of
        caller = Party(PartyKind.CALLER, of["call.caller_original"], of["call.caller_name"])
        number, kept_back = Number(of["call.caller_number"]), Number(of["call.caller_kept_back"])
        return replace(
            call,
            caller=Caller(number, of["call.caller_original"], of["call.caller_name"], kept_back=kept_back),
            callback_number=callback_number,
            hang_up=HangUp(caller, self._at, 16),
            transfers=(Transfer(self._at, "blind", caller, caller),),
        )


def names(table: PersonalTable, columns: str | Mapping[str, str]) -> list[str]:
    """As "table.column"."""
    return [f"{table.table.name}.{each}" for each in (columns.split() if isinstance(columns, str) else columns)]


def _personal(told: tuple[PersonalTable, ...]) -> Iterator[tuple[str, Column[Any]]]:
    for each in told:
        if each.table is search_entry:
            continue
        for name in dict.fromkeys([*each.erased.split(), *each.kept, *each.repeats.split()]):
            yield f"{each.table.name}.{name}", each.table.c[name]
