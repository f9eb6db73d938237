"""Which dashboard somebody has, and its changes: their own by themselves, the default and the wallboard's by whoever
may set these."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain.dashboards.dashboard import FIRST, Dashboard, KeptDashboard, Place, require_for_wall
from hotline.domain.dashboards.tile import Tile
from hotline.domain.errors import Conflict
from hotline.domain.people import Actor
from hotline.domain.reports.period import Period
from hotline.domain.rights.acts import Act, Tie, may
from hotline.services.access import require_right
from hotline.storage.audit import AuditLog
from hotline.storage.dashboards.store import DashboardStore
from hotline.storage.transaction import Storage, Transaction

#: Who changes which.
_CHANGES = {
    Place.OWN: Act.KEEP_DASHBOARD,
    Place.DEFAULT: Act.SET_DEFAULT_DASHBOARD,
    Place.WALLBOARD: Act.MANAGE_DISPLAYS,
}
#: A wallboard shows these before anybody has chosen: what it has always shown.
_NOTHING = Dashboard(Period.TODAY, ())


@dataclass(frozen=True, slots=True)
class SeenDashboard:
    """`kept` as it is asked for; version 0: nobody has chosen, and what is shown is the default. `places`: that they
    may change."""

    kept: KeptDashboard
    places: tuple[Place, ...]


def places_of(actor: Actor) -> tuple[Place, ...]:
    return tuple(place for place, act in _CHANGES.items() if may(act, actor.roles, {Tie.OWNS}))


def shown_to(tx: Transaction, actor: Actor) -> KeptDashboard:
    """Their own; else the default, as one of theirs that is not kept yet."""
    own = DashboardStore(tx).of(Place.OWN, actor.name)
    return own or KeptDashboard(Place.OWN, actor.name, _default(tx))


def to_be_changed(storage: Storage, place: Place, actor: Actor) -> SeenDashboard:
    """Raises Forbidden."""
    require_right(_CHANGES[place], actor)
    with storage.reading() as tx:
        return SeenDashboard(_kept(tx, place, actor), places_of(actor))


def keep(storage: Storage, place: Place, shown: Dashboard, version: int, actor: Actor, now: datetime) -> KeptDashboard:
    """`version`: that was changed. Raises Forbidden, Refused, and Conflict where somebody else was quicker."""
    require_right(_CHANGES[place], actor)
    if place is Place.WALLBOARD:
        require_for_wall(shown)
        shown = replace(shown, period=Period.TODAY)
    new = KeptDashboard(place, _owner(place, actor), shown, version, actor.name, now)
    with storage.writing() as tx:
        if not DashboardStore(tx).keep(new):
            raise Conflict("dashboards.changed")
        AuditLog(tx).add(now, actor.name, "dashboard.keep", f"dashboard:{place}", _told(shown))
    return replace(new, version=version + 1)


def drop(storage: Storage, place: Place, actor: Actor, now: datetime) -> None:
    """Back to the default; of the default, back to what the program comes with. Raises Forbidden."""
    require_right(_CHANGES[place], actor)
    with storage.writing() as tx:
        if DashboardStore(tx).drop(place, _owner(place, actor)):
            AuditLog(tx).add(now, actor.name, "dashboard.drop", f"dashboard:{place}")


def tiles_of_wall(tx: Transaction) -> tuple[Tile, ...]:
    """() where nobody has chosen any."""
    kept = DashboardStore(tx).of(Place.WALLBOARD)
    return kept.shown.tiles if kept else ()


def _kept(tx: Transaction, place: Place, actor: Actor) -> KeptDashboard:
    if place is Place.OWN:
        return shown_to(tx, actor)
    usual = FIRST if place is Place.DEFAULT else _NOTHING
    return DashboardStore(tx).of(place) or KeptDashboard(place, "", usual)


def _default(tx: Transaction) -> Dashboard:
    kept = DashboardStore(tx).of(Place.DEFAULT)
    return kept.shown if kept else FIRST


def _owner(place: Place, actor: Actor) -> str:
    return actor.name if place is Place.OWN else ""


def _told(shown: Dashboard) -> str:
    return f"{shown.period}: {' '.join(tile.code for tile in shown.tiles)}"
