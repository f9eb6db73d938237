"""Clocks, as features tell of them: in `hotline/services/<feature>/deadlines.py`, as `DEADLINES`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from hotline.discovery import gathered, together
from hotline.domain.calendar import WorkCalendar
from hotline.domain.deadlines.fingerprint import counted_by
from hotline.domain.deadlines.kept import ClockName, KeptDeadline
from hotline.domain.deadlines.stored import term_text
from hotline.domain.deadlines.term import Term
from hotline.services.calendar import work_calendar
from hotline.settings import Settings
from hotline.storage.transaction import Transaction

#: What follows in a feature when its deadlines come near or are over, in the transaction that marks them as told of.
Told = Callable[[Transaction, Settings, Sequence[KeptDeadline], datetime], None]


def nothing_follows(tx: Transaction, settings: Settings, kept: Sequence[KeptDeadline], now: datetime) -> None:
    """Pages show it."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One kind of clock. `object`: the kind of thing, as the audit log names it. `rule`: which rule it is of. `usual`:
    its term by the settings; None when every term is agreed. `warn_before`: how much of the time that counts is left
    when it is warned of; None: as the settings say for its name. `copy`: writes into the feature's own rows when these
    things are due now. `warned` and `breached`: told once each time that a deadline of it comes near, and is over."""

    name: ClockName
    object: str
    rule: str
    usual: Callable[[Settings], Term] | None = None
    warn_before: Callable[[Settings], timedelta] | None = None
    copy: Callable[[Transaction, Mapping[int, datetime]], None] | None = None
    warned: Told = nothing_follows
    breached: Told = nothing_follows


@dataclass(frozen=True, slots=True)
class Clocks:
    """A feature's."""

    clocks: tuple[Clock, ...]


@cache
def all_clocks() -> Mapping[ClockName, Clock]:
    """Of all features. Raises ValueError when two tell of one name."""
    told = gathered("hotline.services", "deadlines", "DEADLINES", Clocks)
    return together({clock.name: clock} for each in told for clock in each.clocks)


@dataclass(frozen=True, slots=True)
class Counting:
    """How deadlines of one clock and one line are counted now."""

    clock: Clock
    calendar: WorkCalendar
    usual: Term | None
    warn_before: timedelta
    counted_by: str


def counting(settings: Settings, clock: ClockName, line: str) -> Counting:
    """Raises KeyError for a clock that no feature tells of."""
    told = all_clocks()[clock]
    calendar, usual = work_calendar(settings, line), told.usual(settings) if told.usual else None
    warn = told.warn_before(settings) if told.warn_before else settings.deadlines.warn_before(clock)
    words = f"{term_text(usual) if usual else ''} {warn.total_seconds()}"
    return Counting(told, calendar, usual, warn, counted_by(calendar, words))
