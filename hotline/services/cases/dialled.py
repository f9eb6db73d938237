"""The customer of a case is dialled from it (E10: an open case of theirs asks for the call)."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.cases.case import CaseState
from hotline.domain.dialling.dial import Dial, DialOutcome, Wish
from hotline.domain.errors import Conflict, Refused
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.cases.facts import CASE, read_theirs
from hotline.services.dialled import DialledKind
from hotline.services.record_rights import require, ties_to_case
from hotline.settings import Settings
from hotline.storage.calls.store import CallStore
from hotline.storage.cases.calls import CaseCall, CaseCallStore
from hotline.storage.transaction import Transaction


def _wish(tx: Transaction, actor: Actor, case_id: int, now: datetime) -> Wish:
    case = read_theirs(tx, case_id, actor)
    require(Act.ADD_TO_CASE, actor, ties_to_case(case, actor))
    if case.state is not CaseState.OPEN:
        raise Conflict("cases.closed", case=case.number)
    if not case.caller_number:
        raise Refused("cases.no_number")
    return Wish(CASE, case_id, case.caller_number, _line(tx, case_id), CASE)


def _ended(tx: Transaction, settings: Settings, dial: Dial, now: datetime) -> None:
    """The call belongs to the case. What was said on it, whoever dialled writes as a contact."""
    if dial.outcome is DialOutcome.REACHED:
        CaseCallStore(tx).add(CaseCall(dial.object_id, dial.node, dial.linkedid, dial.user, now))


def _line(tx: Transaction, case_id: int) -> str:
    """The one on which they called first; "" for none."""
    calls = CaseCallStore(tx).of([case_id])
    stored = CallStore(tx).get(calls[0].node, calls[0].linkedid) if calls else None
    return stored.line if stored is not None else ""


DIALLED = DialledKind(CASE, _wish, _ended)
