"""What the tiles of a dashboard say: each with the time before, and a small line of the days up to now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from hotline.domain.compliance.counts import Count, between
from hotline.domain.dashboards.dashboard import KeptDashboard, Place, Times, times_of
from hotline.domain.dashboards.tile import Tile, TileKind
from hotline.domain.people import Actor
from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.period import Period
from hotline.domain.reports.scope import Axis, Scope, Value, local_days
from hotline.domain.rights.acts import Act, may_ever
from hotline.domain.time import midnight
from hotline.domain.verdicts.tally import Window
from hotline.services.access import require_right
from hotline.services.compliance.counted import daily
from hotline.services.compliance.overview import all_limits
from hotline.services.compliance.sight import spells_seen, windows
from hotline.services.dashboards.dashboards import places_of, shown_to
from hotline.services.looks import note_look
from hotline.services.reports import figures
from hotline.services.reports.asking import people_seen
from hotline.services.reports.report_pages import axis_names
from hotline.settings import Settings
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class SeenTile:
    """`value`, `before`: of a rule the percent kept. `line`: by day, None where there is nothing to take it of."""

    tile: Tile
    value: Value
    before: Value
    line: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class SeenBoard:
    """`hidden`: tiles that this reader may not see, since they are nobody's own or another one's. `own`: figures are
    of the reader, or of whom they lead, alone. `names`: of keys, by axis. `may_change`: which dashboards."""

    kept: KeptDashboard
    times: Times
    tiles: Sequence[SeenTile]
    hidden: Sequence[Tile]
    own: bool
    names: Mapping[Axis, Mapping[str, str]]
    may_change: tuple[Place, ...]


def see_dashboard(storage: Storage, settings: Settings, actor: Actor, now: datetime) -> SeenBoard:
    """Raises Forbidden."""
    require_right(Act.SEE_REPORTS, actor)
    with storage.counting(settings.reports.most_seconds) as tx:
        kept = shown_to(tx, actor)
        times, seen = times_of(kept.shown.period, now), people_seen(tx, actor)
        shown = [tile for tile in kept.shown.tiles if _may_see(tile, seen, actor)]
        tiles = [*_figures(tx, settings, shown, times, seen, now), *_rules(tx, settings, shown, times, actor)]
        names = axis_names(tx, settings)
    if seen is not None or any(tile.axis is Axis.PERSON for tile in shown):
        note_look(storage, actor, now, "figures.view", "figures", "dashboard")
    by_tile = {each.tile: each for each in tiles}
    in_order = [by_tile[tile] for tile in shown]
    hidden = [tile for tile in kept.shown.tiles if tile not in by_tile]
    return SeenBoard(kept, times, in_order, hidden, seen is not None, names, places_of(actor))


def values_now(tx: Transaction, settings: Settings, tiles: Iterable[Tile], now: datetime) -> list[tuple[Tile, Value]]:
    """Of today, of everybody, in the tiles' order."""
    wanted = list(tiles)
    times = times_of(Period.TODAY, now)
    scope = times.scope()
    found: dict[Tile, Value] = {}
    for some in _alike(wanted):
        names = [tile.name for tile in some]
        got = figures.values(tx, _narrowed(scope, some[0], None), names, settings, now)
        found |= {tile: got[tile.name] for tile in some}
    limits = all_limits(settings)
    for tile in wanted:
        if tile.kind is TileKind.RULE:
            window = _window(tile, times.first, times.last)
            days = daily(tx, [window], limits, tile.name).get(tile.name, {})
            found[tile] = _rate(between(days, times.first, times.last))
    return [(tile, found[tile]) for tile in wanted]


def _may_see(tile: Tile, seen: frozenset[int] | None, actor: Actor) -> bool:
    if tile.kind is TileKind.RULE:
        # Whose verdicts they may ask for is looked at where these are read.
        return may_ever(Act.SEE_VERDICTS, actor.roles)
    if seen is None:
        return True
    if not seen or Axis.PERSON not in tile.axes:
        return False
    return tile.axis is not Axis.PERSON or int(tile.key) in seen


def _figures(
    tx: Transaction, settings: Settings, tiles: Sequence[Tile], times: Times, seen: frozenset[int] | None, now: datetime
) -> Iterable[SeenTile]:
    """Tiles of the same line, queue… are read together."""
    days = [day.isoformat() for day in local_days(times.line().start, times.line().end)]
    for some in _alike(tiles):
        names = [tile.name for tile in some]
        given = (names, settings, now)
        values = figures.values(tx, _narrowed(times.scope(), some[0], seen), *given)
        before = figures.values(tx, _narrowed(times.before(), some[0], seen), *given)
        along = [name for name in names if Axis.DAY in FIGURES[name].axes]
        line = _narrowed(times.line(), some[0], seen)
        slices = figures.split(tx, line, along, Axis.DAY, settings, now) if along else []
        by_day = {each.key: each.values for each in slices}
        for tile in some:
            points = [by_day[day][tile.name].value if day in by_day and tile.name in along else None for day in days]
            yield SeenTile(tile, values[tile.name], before[tile.name], points)


def _rules(
    tx: Transaction, settings: Settings, tiles: Sequence[Tile], times: Times, actor: Actor
) -> Iterable[SeenTile]:
    wanted = [tile for tile in tiles if tile.kind is TileKind.RULE]
    if not wanted:
        return
    spells, limits = spells_seen(tx, actor), all_limits(settings)
    since = min(times.line_first, times.before_first)
    for tile in wanted:
        seen = windows(spells, _window(tile, since, times.last))
        days = daily(tx, seen, limits, tile.name).get(tile.name, {})
        yield SeenTile(
            tile,
            _rate(between(days, times.first, times.last)),
            _rate(between(days, times.before_first, times.before_last)),
            [days.get(day, Count()).rate for day in local_days(times.line().start, times.line().end)],
        )


def _alike(tiles: Iterable[Tile]) -> list[list[Tile]]:
    """Figures by what they are narrowed by."""
    found: dict[tuple[Axis | None, str], list[Tile]] = defaultdict(list)
    for tile in tiles:
        if tile.kind is TileKind.FIGURE:
            found[tile.axis, tile.key].append(tile)
    return list(found.values())


def _narrowed(scope: Scope, tile: Tile, seen: frozenset[int] | None) -> Scope:
    """To what the tile is of, and to whom the reader may see."""
    key = (tile.key,) if tile.key else ()
    people = tuple(sorted(seen)) if seen is not None else ()
    match tile.axis:
        case Axis.LINE:
            return replace(scope, lines=key, people=people)
        case Axis.QUEUE:
            return replace(scope, queues=key, people=people)
        case Axis.SUBJECT:
            return replace(scope, subjects=key, people=people)
        case Axis.PERSON:
            return replace(scope, people=(int(tile.key),))
        case _:
            return replace(scope, people=people)


def _window(tile: Tile, first: date, last: date) -> Window:
    line = tile.key if tile.axis is Axis.LINE else None
    person = int(tile.key) if tile.axis is Axis.PERSON else None
    return Window(midnight(first), midnight(last + timedelta(days=1)), line, person)


def _rate(count: Count) -> Value:
    return Value(count.rate, count.applied)
