"""One clock of one thing: started, paused, resumed, stopped, reopened; when it is due, and how it stands.

It holds what happened; due is derived from that, the term and the calendar. So another calendar, another setting or
another priority recomputes it and loses nothing, and a clock knows of no other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from hotline.domain.calendar import WorkCalendar
from hotline.domain.deadlines.term import Agreed, Term, earlier, later, passed
from hotline.domain.time import require_aware


class WrongStep(ValueError):
    """The clock is not in a state in which this can happen, or it is said to have happened before what is known."""


class Standing(StrEnum):
    """How a deadline stands at a moment."""

    RUNNING = "running"
    WARNED = "warned"  # soon due
    BREACHED = "breached"  # due, and not done
    PAUSED = "paused"
    KEPT = "kept"  # done in time
    LATE = "late"  # done, too late


@dataclass(frozen=True, slots=True)
class Gap:
    """[`since`, `until`) does not count. `reason`: why, for those who read the count; "" where it was done meanwhile
    and then reopened."""

    since: datetime
    until: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """It waits since then, for this reason."""

    since: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """`gaps`: what does not count, in order, none within another. `pause`: it is paused now. `stopped_at`: when it was
    done."""

    term: Term
    started_at: datetime
    gaps: tuple[Gap, ...] = ()
    pause: Pause | None = None
    stopped_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.stopped_at is None

    @property
    def known_until(self) -> datetime:
        known = [self.started_at, *(gap.until for gap in self.gaps[-1:])]
        known += [self.pause.since] if self.pause else []
        known += [self.stopped_at] if self.stopped_at else []
        return max(known)

    def paused(self, at: datetime, reason: str) -> Deadline:
        """What is waited for is not ours to hurry. Raises WrongStep: it is done or paused already, the moment lies
        before what is known, no reason is given, or the term is a moment that was promised."""
        if self.pause or not self.is_open:
            raise WrongStep("it is paused or done already")
        if not reason.strip():
            raise WrongStep("a pause needs its reason")
        if isinstance(self.term, Agreed):
            raise WrongStep("what was promised for a moment does not wait")
        return replace(self, pause=Pause(self._not_before(at), reason.strip()))

    def resumed(self, at: datetime) -> Deadline:
        """Raises WrongStep: it is not paused, or the moment lies before the pause."""
        if self.pause is None:
            raise WrongStep("it is not paused")
        gap = Gap(self.pause.since, self._not_before(at), self.pause.reason)
        return replace(self, gaps=(*self.gaps, gap), pause=None)

    def stopped(self, at: datetime) -> Deadline:
        """It is done; a pause ends with it. Raises WrongStep: it is done already, or the moment lies before what is
        known."""
        if not self.is_open:
            raise WrongStep("it is done already")
        running = self.resumed(at) if self.pause else self
        return replace(running, stopped_at=self._not_before(at))

    def reopened(self, at: datetime) -> Deadline:
        """It was not done after all; the time between does not count. Raises WrongStep: it is open, or the moment
        lies before the end."""
        if self.stopped_at is None:
            raise WrongStep("it is not done")
        return replace(self, gaps=(*self.gaps, Gap(self.stopped_at, self._not_before(at))), stopped_at=None)

    def under(self, term: Term) -> Deadline:
        """Of another priority, or with another setting: counted anew from its start, with every pause there was.
        Raises WrongStep for a promised moment while it is paused."""
        if self.pause and isinstance(term, Agreed):
            raise WrongStep("what was promised for a moment does not wait")
        return replace(self, term=term)

    def due_at(self, calendar: WorkCalendar) -> datetime | None:
        """The first moment at which it is overdue; None while a pause that began in time keeps it open."""
        due = self.term.due(self.started_at, calendar)
        for gap in self.gaps:
            if gap.since < due and not isinstance(self.term, Agreed):
                waited = passed(gap.since, gap.until, self.term.count, calendar)
                due = later(due, waited, self.term.count, calendar)
        return None if self.pause and self.pause.since < due else due

    def warned_at(self, calendar: WorkCalendar, before: timedelta) -> datetime | None:
        """When no more than `before` of the time that counts was left, not before the start; None while it is paused
        in time."""
        return self.warned_before(self.due_at(calendar), calendar, before)

    def warned_before(self, due: datetime | None, calendar: WorkCalendar, before: timedelta) -> datetime | None:
        """`warned_at`, for who knows `due_at` already."""
        if due is None:
            return None
        moment, left = due, before
        for gap in reversed(self._gaps_until(due)):
            since = passed(gap.until, moment, self.term.count, calendar)
            if since >= left:
                break
            left -= since
            moment = gap.since
        return max(earlier(moment, left, self.term.count, calendar), self.started_at)

    def breached_at(self, calendar: WorkCalendar, now: datetime) -> datetime | None:
        """When it was broken; None if it was not, until `now` or until it was done."""
        due = self.due_at(calendar)
        return due if due is not None and due <= (self.stopped_at or now) else None

    def standing(self, calendar: WorkCalendar, now: datetime, warn_before: timedelta) -> Standing:
        """How it stands. One that was broken before it was paused stays broken."""
        broken = self.breached_at(calendar, now) is not None
        if self.stopped_at is not None:
            return Standing.LATE if broken else Standing.KEPT
        if broken:
            return Standing.BREACHED
        warned = self.warned_at(calendar, warn_before)
        if warned is None:
            return Standing.PAUSED
        return Standing.WARNED if warned <= now else Standing.RUNNING

    def used(self, calendar: WorkCalendar, now: datetime) -> timedelta:
        """How much of the time that counts has passed, pauses left out."""
        until = self.stopped_at or (self.pause.since if self.pause else now)
        whole = passed(self.started_at, until, self.term.count, calendar)
        waited = (passed(gap.since, min(gap.until, until), self.term.count, calendar) for gap in self.gaps)
        return whole - sum(waited, timedelta())

    def _gaps_until(self, due: datetime) -> list[Gap]:
        """Those that moved it."""
        return [] if isinstance(self.term, Agreed) else [gap for gap in self.gaps if gap.since < due]

    def _not_before(self, at: datetime) -> datetime:
        moment = require_aware(at)
        if moment < self.known_until:
            raise WrongStep(f"{moment.isoformat()} lies before what is known, {self.known_until.isoformat()}")
        return moment
