"""Lists of cases, each person's own: mine, my group's, my department's, what is due, what waits for the customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from hotline.domain.calendar import local_day
from hotline.domain.cases.case import CaseState
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.rights.seeing import number_asked
from hotline.domain.time import midnight
from hotline.services.access import require_right
from hotline.services.cases.facts import departments_of, person_of
from hotline.services.cases.kinds import kinds_in_force
from hotline.services.cases.searching import by_words
from hotline.services.cases.view import CaseView, case_view
from hotline.services.looks import note_look
from hotline.storage.cases.listing import CaseFilter, CaseListStore
from hotline.storage.cases.listing import CaseOrder as CaseOrder
from hotline.storage.transaction import Storage, Transaction

#: A page says "1000 and more".
MOST_COUNTED = 1000

_BOARD_COLUMN = 20


class Which(StrEnum):
    ALL = "all"
    MINE = "mine"  # they own it, or it is offered to them
    OFFERED = "offered"
    GROUP = "group"  # of those whom they lead
    DEPARTMENT = "department"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class AskedCases:
    """What somebody asks for. `state` None: open and closed ones."""

    which: Which = Which.ALL
    state: CaseState | None = CaseState.OPEN
    kind: str = ""
    stage: str = ""
    severity: str = ""
    channel: str = ""
    owner: str = ""
    customer_id: int | None = None
    opened_since: datetime | None = None
    opened_until: datetime | None = None
    text: str = ""
    order: CaseOrder = CaseOrder.DUE


@dataclass(frozen=True, slots=True)
class ListedCases:
    """A page. `more`: others follow. `total`: how many there are, `MOST_COUNTED` for that many or more."""

    cases: Sequence[CaseView]
    more: bool
    total: int


@dataclass(frozen=True, slots=True)
class Board:
    """The first of each stage of one kind, in the order of its stages."""

    columns: Sequence[tuple[str, Sequence[CaseView]]]


def list_cases(
    storage: Storage, asked: AskedCases, limit: int, offset: int, actor: Actor, now: datetime
) -> ListedCases:
    """What they may see of it (a complaint about themselves never). The look stands in the audit log (F8). Raises
    Forbidden."""
    require_right(Act.READ_CASES, actor)
    whole = may(Act.SEE_NUMBERS, actor.roles)
    with storage.reading() as tx:
        wanted = wanted_cases(tx, asked, actor, now)
        found = CaseListStore(tx).page(wanted, limit + 1, offset)
        total = CaseListStore(tx).count(wanted, MOST_COUNTED)
    shown = [case_view(each, whole) for each in found[:limit]]
    note_look(storage, actor, now, "cases.view", "cases", f"{len(shown)} cases")
    return ListedCases(shown, len(found) > limit, total)


def see_board(storage: Storage, asked: AskedCases, actor: Actor, now: datetime) -> Board:
    """Of the kind that is asked for. Raises Forbidden."""
    require_right(Act.READ_CASES, actor)
    whole = may(Act.SEE_NUMBERS, actor.roles)
    with storage.reading() as tx:
        kind = kinds_in_force(tx, now).get(asked.kind)
        stages = [each.id for each in kind.stages if not each.closed] if kind is not None else []
        found = CaseListStore(tx).board(wanted_cases(tx, asked, actor, now), stages, _BOARD_COLUMN)
    columns = [(stage, [case_view(each, whole) for each in found[stage]]) for stage in stages]
    shown = sum(len(cases) for _, cases in columns)
    note_look(storage, actor, now, "cases.view", "cases", f"{shown} cases")
    return Board(columns)


def wanted_cases(tx: Transaction, asked: AskedCases, actor: Actor, now: datetime) -> CaseFilter:
    """What is asked for, within what they may see."""
    whole = may(Act.SEE_NUMBERS, actor.roles)
    wanted = CaseFilter(
        state=asked.state,
        kinds=(asked.kind,) if asked.kind else (),
        stage=asked.stage,
        owners={asked.owner} if asked.owner else None,
        severity=asked.severity,
        channel=asked.channel,
        customer_id=asked.customer_id,
        opened_since=asked.opened_since,
        opened_until=asked.opened_until,
        text=asked.text,
        asked=None if whole else number_asked(asked.text, may(Act.SEARCH_NUMBERS, actor.roles)),
        hidden_from=actor.name,
        order=asked.order,
    )
    return by_words(tx, _within_rights(tx, _chosen(tx, wanted, asked.which, actor, now), actor, now))


def _chosen(tx: Transaction, wanted: CaseFilter, which: Which, actor: Actor, now: datetime) -> CaseFilter:
    match which:
        case Which.MINE:
            return replace(wanted, owners={actor.name})
        case Which.OFFERED:
            return replace(wanted, offered_to=actor.name)
        case Which.GROUP:
            return replace(wanted, owners=actor.led.usernames)
        case Which.DEPARTMENT:
            return replace(wanted, departments=departments_of(tx, person_of(tx, actor), now))
        case Which.DUE_TODAY:
            return replace(wanted, due_before=midnight(local_day(now) + timedelta(days=1)))
        case Which.OVERDUE:
            return replace(wanted, due_before=now + timedelta(microseconds=1))
        case Which.WAITING:
            return replace(wanted, waiting=True)
        case Which.ALL:
            return wanted


def _within_rights(tx: Transaction, wanted: CaseFilter, actor: Actor, now: datetime) -> CaseFilter:
    """Who does not see everybody's sees their own, those of whom they lead, and what their department answers."""
    if may(Act.READ_CASES, actor.roles):
        return wanted
    owners: set[str] = set()
    owners |= {actor.name} if may(Act.READ_CASES, actor.roles, {Tie.OWNS}) else set()
    owners |= actor.led.usernames if may(Act.READ_CASES, actor.roles, {Tie.LED}) else set()
    theirs = may(Act.READ_CASES, actor.roles, {Tie.ANSWERS})
    departments = departments_of(tx, person_of(tx, actor), now) if theirs else set()
    return replace(wanted, within_owners=owners, within_departments=departments)
