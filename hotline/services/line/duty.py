"""Who has the duty mobile (A2): as it is planned, and as it is rung."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.line import roster
from hotline.domain.line.lost_mobile import LostMobile, reachable, without
from hotline.domain.line.roster import DutyNumber, Shift
from hotline.domain.line.there import There
from hotline.services.line.there import who_is_there
from hotline.settings import Settings
from hotline.storage.line.lost_mobiles import LostMobileStore
from hotline.storage.line.roster import RosterStore
from hotline.storage.transaction import Transaction

#: Shifts that begin or end exactly now are read too; which of them count is the domain's decision.
MOMENT = timedelta(seconds=1)


def settings_shifts(settings: Settings) -> list[Shift]:
    """The shifts of the settings file."""
    return [
        Shift(
            entry.person,
            entry.numbers,
            tuple(DutyNumber(b.person, b.number) for b in entry.backups),
            entry.starts_at,
            entry.ends_at,
            lines=entry.lines,
        )
        for entry in settings.roster
    ]


def always_on_duty(settings: Settings, line: str = "") -> tuple[DutyNumber, ...]:
    """Who is tried after everybody on the roster of this line; "" is what the site has."""
    return tuple(DutyNumber(entry.person, entry.number) for entry in settings.duty_of(line).always)


def known_shifts(tx: Transaction, settings: Settings, since: datetime, until: datetime, line: str = "") -> list[Shift]:
    """All shifts that overlap [since, until), of this line or, with "", of any, by start: those of the settings file
    and those that are kept."""
    own = [s for s in settings_shifts(settings) if s.starts_at < until and s.ends_at > since]
    found = sorted([*own, *RosterStore(tx).shifts(since, until)], key=lambda s: s.starts_at)
    return roster.of_line(found, line) if line else found


@dataclass(frozen=True, slots=True)
class Rung:
    """Who is rung in [`since`, `until`): whoever is away then has handed their turn on, and mobiles that are lost then
    are out."""

    since: datetime
    until: datetime
    there: There
    lost: Sequence[LostMobile]

    def shifts(self, planned: Sequence[Shift]) -> list[Shift]:
        """As they ring, without time in which nobody is left."""
        parts = reachable(self.there.shifts(planned), self.lost)
        return [each for each in parts if each.starts_at < self.until and each.ends_at > self.since]

    def always(self, settings: Settings, line: str, now: datetime) -> tuple[DutyNumber, ...]:
        """Who is always on duty, as they are rung now."""
        return without(self.there.rung(always_on_duty(settings, line), now), self.lost, now)


def rung_between(tx: Transaction, since: datetime, until: datetime, now: datetime) -> Rung:
    """`now`: see `who_is_there`."""
    return Rung(since, until, who_is_there(tx, since, until, now), LostMobileStore(tx).out_since(since))


def duty_shifts(
    tx: Transaction, settings: Settings, since: datetime, until: datetime, line: str = "", *, now: datetime
) -> list[Shift]:
    """The known shifts as they ring. `now`: see `who_is_there`."""
    return rung_between(tx, since, until, now).shifts(known_shifts(tx, settings, since, until, line))


def always_rung(tx: Transaction, settings: Settings, now: datetime, line: str = "") -> tuple[DutyNumber, ...]:
    """Who is always on duty, as they are rung now."""
    return rung_between(tx, now, now + MOMENT, now).always(settings, line, now)
