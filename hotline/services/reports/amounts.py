"""What code, not SQL, finds of a day: states of operators, what was planned, rings, the most at once, the forecast."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from hotline.domain.adherence.adherence import adherence
from hotline.domain.calendar import local_day
from hotline.domain.reports.channels import channels_of, time_with, within
from hotline.domain.reports.moved import moved_of
from hotline.domain.reports.rings import rings_of
from hotline.domain.reports.states import StateSpan, most_at_once, state_spans, state_times
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.staffing.days import PastDay
from hotline.domain.staffing.forecast import fit
from hotline.domain.time import midnight
from hotline.services.adherence.watching import spans_by_person
from hotline.services.reports.holders import Holders
from hotline.services.shifts.working import working_between
from hotline.services.staffing.history import past_days
from hotline.settings import Settings
from hotline.storage.operators.store import PresenceStore
from hotline.storage.reports.facts import Amount, RawCall, ReportFactStore
from hotline.storage.transaction import Transaction

_MICROSECONDS = 1_000_000
_MICROSECOND = timedelta(microseconds=1)
#: Forecasts are parts of calls.
_PARTS = 1000


#: By line, what the forecast is made from: read once for many days.
Past = dict[str, list[PastDay]]


class DayAmounts:
    """`past`: what was read of it before, and is added to."""

    def __init__(self, tx: Transaction, settings: Settings, now: datetime, past: Past | None = None) -> None:
        self._tx, self._settings, self._now = tx, settings, now
        self._holders = Holders(tx)
        self._past: Past = {} if past is None else past

    def keep(self, day: date, calls: Sequence[RawCall] | None = None) -> None:
        """In place of what is kept of the day; of today as far as it has come. `calls`: that arrived on it and are
        over, where whoever asks has them already."""
        since, until = midnight(day), min(midnight(day + timedelta(days=1)), self._now)
        if since >= until:
            return
        changes = [*PresenceStore(self._tx).before(since), *PresenceStore(self._tx).changes(since, until)]
        spans = list(state_spans(changes, since, until))
        arrived = list(ReportFactStore(self._tx).raw(since, until)) if calls is None else calls
        found = [
            *self._states(spans),
            *self._peaks(spans, since, until),
            *self._channels(since, until, arrived),
            *self._phones(since, arrived),
            *self._planned(since, until),
            *self._forecast(day),
        ]
        ReportFactStore(self._tx).keep_amounts(day.isoformat(), found)

    def _states(self, spans: Sequence[StateSpan]) -> Iterator[Amount]:
        """By whoever had the extension when a state began."""
        by_person: dict[int | None, list[StateSpan]] = defaultdict(list)
        for span in spans:
            by_person[self._holders.at(span.extension, span.starts_at)].append(span)
        for person, theirs in by_person.items():
            for (extension, state, reason), length in sorted(state_times(theirs).items()):
                yield Amount(state, length, extension=extension, person_id=person, reason=reason)

    def _peaks(self, spans: Sequence[StateSpan], since: datetime, until: datetime) -> Iterator[Amount]:
        calls = ReportFactStore(self._tx).spans_of_calls(since, until)
        yield Amount("peak_calls", most_at_once(calls))
        yield Amount("peak_signed_in", most_at_once(_signed_in(spans)))

    def _channels(self, since: datetime, until: datetime, calls: Iterable[RawCall]) -> Iterator[Amount]:
        """Of the 400 line's trunk."""
        others = self._settings.numbers_of_other_trunks
        all_calls = [*ReportFactStore(self._tx).still_on_at(since), *(raw.call for raw in calls)]
        taken = within((span for each in all_calls for span in channels_of(each, others, until)), since, until)
        yield Amount("peak_channels", most_at_once(taken))
        if most := self._settings.trunk.max_channels:
            yield Amount("channels_full", time_with(taken, most) // _MICROSECOND)
            yield Amount("channels_known", (until - since) // _MICROSECOND)
            yield Amount("channels_days", 1)

    def _phones(self, since: datetime, calls: Sequence[RawCall]) -> Iterator[Amount]:
        found = rings_of(raw.call for raw in calls) + moved_of(raw.call for raw in calls)
        for (extension, what), count in sorted(found.items()):
            yield Amount(what, count, extension=extension, person_id=self._holders.at(extension, since))

    def _planned(self, since: datetime, until: datetime) -> Iterator[Amount]:
        by_person: dict[int, list[PlannedShift]] = defaultdict(list)
        for shift in working_between(self._tx, self._settings, since, until):
            if shift.person_id is not None and not shift.duty:
                by_person[shift.person_id].append(shift)
        spans = spans_by_person(self._tx, since, until) if by_person else {}
        for person, shifts in sorted(by_person.items()):
            found = adherence(shifts, spans.get(person, ()), since, until)
            for what, seconds in (
                ("planned", found.planned),
                ("planned_worked", found.working),
                ("planned_paused", found.paused),
            ):
                yield Amount(what, round(seconds * _MICROSECONDS), person_id=person)

    def _forecast(self, day: date) -> Iterator[Amount]:
        """From what was known before the day; of days that are over."""
        if day >= local_day(self._now):
            return
        for line in self._settings.lines:
            past = self._past_of(line)
            came = next((each for each in past if each.day == day and not each.left_out), None)
            model = fit(past, day) if came else None
            if came is None or model is None:
                continue
            forecast = model.day(day, came.like)
            off = sum(abs(calls - expected) for calls, expected in zip(came.calls, forecast, strict=True))
            for what, amount in (
                ("forecast", sum(forecast)),
                ("forecast_off", off),
                ("forecast_came", float(sum(came.calls))),
            ):
                yield Amount(what, round(amount * _PARTS), line=line)

    def _past_of(self, line: str) -> list[PastDay]:
        if line not in self._past:
            self._past[line] = past_days(self._tx, self._settings, line, local_day(self._now))
        return self._past[line]


def _signed_in(spans: Sequence[StateSpan]) -> Iterator[tuple[datetime, datetime]]:
    """From each sign-in to the next sign-out; states that follow each other are one."""
    begun: datetime | None = None
    last: StateSpan | None = None
    for span in spans:
        if last is None or last.extension != span.extension or last.ends_at != span.starts_at:
            if last is not None and begun is not None:
                yield begun, last.ends_at
            begun = span.starts_at
        last = span
    if last is not None and begun is not None:
        yield begun, last.ends_at
