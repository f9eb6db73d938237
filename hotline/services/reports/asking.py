"""Figures for whoever asks: operators see their own, leaders their people's, others everybody's."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain.errors import Forbidden, Refused
from hotline.domain.people import Actor
from hotline.domain.reports.catalogue import figure
from hotline.domain.reports.scope import Axis, Scope, Slice, Value
from hotline.domain.rights.acts import Act, Tie, may
from hotline.services.access import require_right
from hotline.services.looks import note_look
from hotline.services.reports import figures
from hotline.services.reports.figures import FigureRows
from hotline.services.staff.people import own_person
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

#: More at once than a page shows is a slip of the pen.
MOST_FIGURES = 60


@dataclass(frozen=True, slots=True)
class AskedFigures:
    """`values` of all of the scope; `slices` along the axis that was asked for. `scope`: as it was answered."""

    scope: Scope
    values: dict[str, Value]
    slices: Sequence[Slice]


def people_seen(tx: Transaction, actor: Actor) -> frozenset[int] | None:
    """Ids of the people whose figures they see; None: everybody's."""
    if may(Act.SEE_REPORTS, actor.roles):
        return None
    own = own_person(tx, actor)
    led = actor.led.usernames if may(Act.SEE_REPORTS, actor.roles, {Tie.LED}) else frozenset()
    accounts = {user.id for user in UserStore(tx).all() if user.username in led}
    people = StaffStore(tx).all(active_only=False)
    return frozenset(
        each.id
        for each in people
        if each.id is not None and (each.user_id in accounts or (own is not None and each.id == own.id))
    )


def scope_for(tx: Transaction, scope: Scope, names: Collection[str], actor: Actor) -> Scope:
    """Of the people whom they may see alone. Raises Forbidden for others, and for figures that are not a person's."""
    seen = people_seen(tx, actor)
    if seen is None:
        return scope
    if not seen or (scope.people and not seen.issuperset(scope.people)):
        raise Forbidden("accounts.not_of_your_people")
    for name in names:
        if Axis.PERSON not in figure(name).axes:
            raise Forbidden("reports.of_nobody", figure=name)
    return replace(scope, people=scope.people or tuple(sorted(seen)))


def see_figures(
    storage: Storage,
    settings: Settings,
    scope: Scope,
    names: Sequence[str],
    by: Axis | None,
    actor: Actor,
    now: datetime,
) -> AskedFigures:
    """Raises Forbidden, NotFound for a name that is none, Refused."""
    require_right(Act.SEE_REPORTS, actor)
    if not 0 < len(names) <= MOST_FIGURES:
        raise Refused("reports.names", field="names", most=MOST_FIGURES)
    with storage.counting(settings.reports.most_seconds) as tx:
        allowed = scope_for(tx, scope, names, actor)
        if by:
            found, slices = figures.along(tx, allowed, names, by, settings, now)
        else:
            found, slices = figures.values(tx, allowed, names, settings, now), []
    if by is Axis.PERSON or scope.people:
        note_look(storage, actor, now, "figures.view", "figures")
    return AskedFigures(allowed, found, slices)


def see_rows(
    storage: Storage, settings: Settings, scope: Scope, name: str, limit: int, offset: int, actor: Actor, now: datetime
) -> FigureRows:
    """What a figure is made of: kinds and ids, no numbers and no words; what each may be read by is asked when it is
    opened. Raises Forbidden, NotFound, Refused."""
    require_right(Act.SEE_REPORTS, actor)
    with storage.counting(settings.reports.most_seconds) as tx:
        allowed = scope_for(tx, scope, [name], actor)
        found = figures.rows(tx, allowed, name, settings, limit, offset, now)
    note_look(storage, actor, now, "figures.rows", "figures", name)
    return found
