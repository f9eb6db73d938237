"""What can be chosen from when something is done to a case: departments, people, calls, kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hotline.domain.calls.call import Call
from hotline.domain.calls.ledger import CallFilter
from hotline.domain.cases.case import ServiceCase
from hotline.domain.cases.kind import Kind
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.rights.seeing import NumberAsked
from hotline.services.access import recordings_heard, require_right
from hotline.services.cases.facts import read_theirs, ties_of
from hotline.services.cases.kinds import kinds_in_force
from hotline.services.cases.merging import family
from hotline.services.record_rights import require
from hotline.storage.accounts.users import UserStore
from hotline.storage.calls.store import CallStore
from hotline.storage.cases.calls import CaseCallStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

#: The last calls of the customer that one may choose from.
_CALLS = 10


@dataclass(frozen=True, slots=True)
class Choices:
    """Of one case. `departments`: id and name. `people`: user name and name of those who may be responsible for it;
    never whom it is about. `calls`: the customer's last ones, the newest first. `sounds`: ids of the recordings of the
    case's calls that whoever looks may hear, by (node, linkedid)."""

    departments: Sequence[tuple[str, str]] = ()
    people: Sequence[tuple[str, str]] = ()
    calls: Sequence[Call] = ()
    sounds: Mapping[tuple[str, str], Sequence[int]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class ListChoices:
    """Of the lists."""

    departments: Sequence[tuple[str, str]]
    people: Sequence[tuple[str, str]]


def see_choices(storage: Storage, case_id: int, actor: Actor, now: datetime) -> Choices:
    """Raises NotFound, Forbidden."""
    with storage.reading() as tx:
        case = read_theirs(tx, case_id, actor)
        require(Act.READ_CASES, actor, ties_of(tx, case, actor, now))
        return Choices(_departments(tx), _people(tx, now, case.about), _calls(tx, case), _sounds(tx, case, actor))


def see_list_choices(storage: Storage, actor: Actor, now: datetime) -> ListChoices:
    """What whoever looks may give or assign several to is empty where they may not. Raises Forbidden."""
    require_right(Act.READ_CASES, actor)
    with storage.reading() as tx:
        gives = may(Act.GIVE_CASE, actor.roles, {Tie.LED})
        assigns = may(Act.ASSIGN_CASE, actor.roles, {Tie.OWNS})
        people = _people(tx, now) if gives else []
        return ListChoices(_departments(tx) if assigns else [], people)


def kinds_shown(storage: Storage, now: datetime) -> dict[str, Kind]:
    """Those in force, by code: their words are no secret."""
    with storage.reading() as tx:
        return kinds_in_force(tx, now)


def case_id_of(storage: Storage, written: str, actor: Actor) -> str:
    """The id of the case of that number; what is none stays as it is, for whoever reads it to refuse."""
    with storage.reading() as tx:
        found = CaseStore(tx).by_number(written.strip())
    return str(found.id) if found is not None and (not found.about or found.about != actor.name) else written


def opens_for(tx: Transaction) -> list[tuple[str, str]]:
    """User name and name of those whom a case may be about."""
    return sorted((each.username, each.display_name or each.username) for each in UserStore(tx).all() if each.active)


def _departments(tx: Transaction) -> list[tuple[str, str]]:
    return [(str(each.id), each.name) for each in StaffStore(tx).departments()]


def _people(tx: Transaction, now: datetime, but: str = "") -> list[tuple[str, str]]:
    users = [each for each in UserStore(tx).all() if each.may_enter(now) and each.username != but]
    able = [each for each in users if may(Act.WORK_ON_CASE, each.roles, {Tie.OWNS})]
    return sorted((each.username, each.display_name or each.username) for each in able)


def _calls(tx: Transaction, case: ServiceCase) -> list[Call]:
    if not case.caller_number:
        return []
    found = CallStore(tx).search(CallFilter(caller_asked=NumberAsked(whole=case.caller_number)), _CALLS)
    return [each.call for each in found.calls]


def _sounds(tx: Transaction, case: ServiceCase, actor: Actor) -> dict[tuple[str, str], list[int]]:
    """Those that are in the store whole."""
    calls = [(each.node, each.linkedid) for each in CaseCallStore(tx).of([each.id or 0 for each in family(tx, case)])]
    ids = CallStore(tx).ids_by_call(calls)
    found = {key: recordings_heard(tx, call_id, actor) for key, call_id in ids.items()}
    return {key: heard for key, heard in found.items() if heard}
