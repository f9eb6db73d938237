"""A dashboard: tiles in their order, of one time. Everybody has their own or the default; the wall has one too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from hotline.domain.calendar import local_day
from hotline.domain.dashboards.tile import Tile, TileKind
from hotline.domain.errors import Refused
from hotline.domain.reports.period import Period, days_before, days_of
from hotline.domain.reports.scope import Axis, Scope
from hotline.domain.time import midnight

MOST_TILES = 24
#: More cannot be read from five metres.
MOST_ON_WALL = 12

#: A line of fewer days says nothing, one of more is too fine for a tile.
_LINE_DAYS, _MOST_LINE_DAYS = 14, 62
_DAY = timedelta(days=1)


class Place(StrEnum):
    """Whose it is: one person's, the default of all who have none, or the wallboard's."""

    OWN = "own"
    DEFAULT = "default"
    WALLBOARD = "wallboard"


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Raises Refused for the same tile twice, too many, and a time that is none of its own."""

    period: Period
    tiles: tuple[Tile, ...]

    def __post_init__(self) -> None:
        if self.period is Period.DAYS:
            raise Refused("dashboards.period", field="period")
        if len(self.tiles) > MOST_TILES:
            raise Refused("dashboards.too_many", field="what", most=MOST_TILES)
        if len(set(self.tiles)) < len(self.tiles):
            raise Refused("dashboards.twice", field="what")

    def with_tile(self, tile: Tile) -> Dashboard:
        """At the end. Raises Refused."""
        return replace(self, tiles=(*self.tiles, tile))

    def without(self, place: int) -> Dashboard:
        """`place` from 0; one that is not there changes nothing."""
        return replace(self, tiles=tuple(tile for at, tile in enumerate(self.tiles) if at != place))

    def moved(self, place: int, to: int) -> Dashboard:
        """A place that is not there changes nothing."""
        tiles = list(self.tiles)
        if not (0 <= place < len(tiles) and 0 <= to < len(tiles)):
            return self
        tiles.insert(to, tiles.pop(place))
        return replace(self, tiles=tuple(tiles))


#: What is shown before anybody has chosen.
FIRST = Dashboard(
    Period.TODAY,
    (
        *(
            Tile(TileKind.FIGURE, name)
            for name in (
                "incoming",
                "answered",
                "connection_rate",
                "service_level",
                "abandonment",
                "average_answer",
                "talk_time",
                "callbacks_unreturned",
                "rating_mean",
                "cases_opened",
            )
        ),
        Tile(TileKind.RULE, "A8"),
        Tile(TileKind.RULE, "B1"),
    ),
)


@dataclass(frozen=True, slots=True)
class KeptDashboard:
    """`version` rises with each change, 0: nobody has chosen. `by`, `at`: who changed it last, and when."""

    place: Place
    owner: str
    shown: Dashboard
    version: int = 0
    by: str = ""
    at: datetime | None = None


def require_for_wall(shown: Dashboard) -> None:
    """Raises Refused for what is of one person, since everybody who passes reads it, and for too many."""
    if any(tile.axis is Axis.PERSON for tile in shown.tiles):
        raise Refused("dashboards.person_on_wall", field="of")
    if len(shown.tiles) > MOST_ON_WALL:
        raise Refused("dashboards.too_many", field="what", most=MOST_ON_WALL)


@dataclass(frozen=True, slots=True)
class Times:
    """The days `first` to `last`, up to `end`; those that they are compared with, up to the same hour; and since when
    the small line goes."""

    first: date
    last: date
    end: datetime
    before_first: date
    before_last: date
    before_end: datetime
    line_first: date

    def scope(self) -> Scope:
        return Scope(midnight(self.first), self.end)

    def before(self) -> Scope:
        return Scope(midnight(self.before_first), self.before_end)

    def line(self) -> Scope:
        return Scope(midnight(self.line_first), midnight(self.last + _DAY))


def times_of(period: Period, now: datetime) -> Times:
    """Half of today is compared with half of the day before, not with all of it."""
    today = local_day(now)
    first, last = days_of(period, today)
    before_first, before_last = days_before(period, first, last)
    end, before_end = midnight(last + _DAY), midnight(before_last + _DAY)
    if last == today:
        # At midnight itself nothing has passed yet: a moment of the day is what there is.
        end, before_end = max(now, midnight(last) + timedelta(seconds=1)), before_end - (end - now)
        before_end = max(before_end, midnight(before_last) + timedelta(seconds=1))
    length = min(max((last - first).days + 1, _LINE_DAYS), _MOST_LINE_DAYS)
    return Times(first, last, end, before_first, before_last, before_end, last - (length - 1) * _DAY)
