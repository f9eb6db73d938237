"""Lists of visits, each person's own: what they make, what is due, what nobody has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.time import midnight
from hotline.domain.visits.listing import Place, VisitFilter, VisitTab
from hotline.domain.visits.visit import VISIT_CLOCK
from hotline.services.access import require_right
from hotline.services.deadlines.view import ShownDeadline, shown_deadlines
from hotline.services.looks import note_look
from hotline.services.visits.view import VisitView, visit_view
from hotline.services.visits.visitors import may_visit
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.transaction import Storage
from hotline.storage.visits.listing import VisitListStore

PAGE = 50

#: How far the tabs count: who has more does not ask how many more.
MOST_COUNTED = 1000

_COUNTED = (VisitTab.MINE, VisitTab.TODAY, VisitTab.OVERDUE, VisitTab.UNASSIGNED)


@dataclass(frozen=True, slots=True)
class SeenVisits:
    """A page. `deadlines`: when they are due, by id (E7). `counts`: how many there are under each tab, as far as
    `MOST_COUNTED`. `after`: what the next page is asked for by; "" at the end. `people`: user name and name of those
    who visit, for who sees everybody's."""

    visits: Sequence[VisitView]
    deadlines: Mapping[int, ShownDeadline]
    counts: Mapping[VisitTab, int]
    after: str
    people: Sequence[tuple[str, str]]


def see_visits(
    storage: Storage,
    settings: Settings,
    wanted: VisitFilter,
    actor: Actor,
    now: datetime,
    after: str = "",
    limit: int = PAGE,
) -> SeenVisits:
    """What they may see of it; those of complaints about themselves never. The look stands in the audit log (F8).
    Raises Forbidden."""
    require_right(Act.SEE_VISITS, actor)
    theirs = within_rights(wanted, actor, now)
    whole = may(Act.SEE_NUMBERS, actor.roles)
    with storage.reading() as tx:
        store = VisitListStore(tx)
        found = store.page(theirs, Place.read(after) if after else None, limit + 1)
        shown = found[:limit]
        due = {each.id or 0: each.due_at for each in shown if each.is_open}
        deadlines = shown_deadlines(tx, settings, VISIT_CLOCK, due, now)
        counts = {
            tab: store.count(within_rights(replace(wanted, tab=tab), actor, now), MOST_COUNTED) for tab in _COUNTED
        }
        people = _people(UserStore(tx), now) if may(Act.SAMPLE_VISITS, actor.roles) else []
    note_look(storage, actor, now, "visits.view", "visits", f"{len(shown)} {wanted.tab.value}")
    next_one = Place.of(shown[-1]).text() if len(found) > limit else ""
    return SeenVisits([visit_view(each, whole) for each in shown], deadlines, counts, next_one, people)


def within_rights(wanted: VisitFilter, actor: Actor, now: datetime) -> VisitFilter:
    """What is asked for, of what they may see."""
    ends = midnight(local_day(now) + timedelta(days=1)) if wanted.tab is VisitTab.TODAY else now
    within = replace(wanted, own=actor.name, due_before=ends, hidden_from=actor.name)
    if may(Act.SEE_VISITS, actor.roles):
        return within
    led = actor.led.usernames if may(Act.SEE_VISITS, actor.roles, {Tie.LED}) else frozenset()
    return replace(within, holders=frozenset({actor.name}) | led)


def _people(users: UserStore, now: datetime) -> list[tuple[str, str]]:
    there = (each for each in users.all() if each.may_enter(now) and may_visit(each))
    return sorted((each.username, each.display_name) for each in there)
