"""Plays the simulated calls; a live table shows what the ledger has of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from rich.console import Console
from rich.live import Live
from rich.table import Table

from hotline.bootstrap import Hotline
from hotline.domain.calls.call import Direction
from hotline.domain.calls.ledger import CallFilter, StoredCall
from hotline.domain.numbers import normalise
from hotline.domain.reasons import Reason, because
from hotline.domain.recordings.recording import RecordingState
from hotline.services.line import line
from hotline.simulate import carrier, site
from hotline.simulate.callbacks import Callbacks
from hotline.simulate.cast import SCENARIOS, Kind, Scenario
from hotline.storage.calls.store import CallStore

DECLARED_BY = "simulation"

#: Long enough for all of it on a slow machine; then what is missing is said.
LONGEST_SECONDS = 240.0
LOOK_SECONDS = 0.5
#: After a call stands in the ledger its way is being decided; so long on the slowest machine.
DECISION_SECONDS = 5.0


_HEADINGS = (
    because("simulation.caller"),
    because("simulation.played"),
    because("simulation.outcome"),
    because("simulation.taken_by"),
    because("simulation.talk"),
    because("simulation.recording"),
)


@dataclass(frozen=True, slots=True)
class ScenarioState:
    """What the ledger holds of one scenario now."""

    scenario: Scenario
    stored: StoredCall | None

    @property
    def recording_state(self) -> str:
        """Of the recording it must have; "" while there is none."""
        entries = self.stored.recordings if self.stored else ()
        return next((entry.state.value for entry in entries if entry.kind == self.scenario.recording), "")

    @property
    def is_over(self) -> bool:
        return self.stored is not None and self.stored.call.ended_at is not None

    @property
    def as_expected(self) -> bool:
        """The row has the right outcome, and its recording is in the store."""
        outcome = self.stored.call.outcome if self.stored else None
        recorded = RecordingState.READY.value if self.scenario.recording else ""
        return outcome == self.scenario.outcome and self.recording_state == recorded


#: Told what the ledger holds, each time it was looked.
Seen = Callable[[Sequence[ScenarioState]], None]
#: In the language of whoever looks on.
Words = Callable[[Reason], str]


class Play:
    """One run of all scenarios against a running simulation. `ended` breaks it off."""

    def __init__(self, hotline: Hotline, console: Console, ended: threading.Event, words: Words) -> None:
        self._hotline = hotline
        self._console = console
        self._ended = ended
        self._words = words
        self._began = hotline.clock()
        self._end = 0.0
        self._seen: Seen = lambda sights: None
        self._pbx = hotline.pbx
        self._callbacks = Callbacks(hotline, lambda true: self._until(lambda _: true()))

    def show(self) -> bool:
        """Run it with a live table; True when the ledger holds everything that was to be seen."""
        with Live(console=self._console, refresh_per_second=4, transient=True) as live:
            sights = self.run(lambda seen: live.update(self.table(seen)))
        if self._ended.is_set():
            return False
        fine = all(sight.as_expected for sight in sights)
        self._console.print(self.table(sights))
        self._console.print(self._closing_words(fine), highlight=False, soft_wrap=True)
        return fine

    def run(self, seen: Seen = lambda sights: None) -> list[ScenarioState]:
        """Play to the end (or `ended`, or LONGEST_SECONDS); `seen` is told each time it was looked."""
        self._end = time.monotonic() + LONGEST_SECONDS
        self._seen = seen
        try:
            self._play()
        finally:
            line.go_by_calendar(self._hotline.storage, DECLARED_BY, self._hotline.clock())
        return self.look()

    def _play(self) -> None:
        """After hours first: that call takes longest, and its way is decided when it comes."""
        if not self._until(lambda _: carrier.phone_registered(self._pbx)):
            return
        self._declare("closed")
        late_callers = [one for one in SCENARIOS if one.after_hours]
        for scenario in late_callers:
            self._call(scenario)
        # The operator has nothing to do meanwhile.
        if not self._callbacks.play():
            return
        if not self._until(lambda sights: all(sight.stored for sight in sights if sight.scenario.after_hours)):
            return
        self._until_passed(time.monotonic() + DECISION_SECONDS)
        self._declare("open")
        self._callbacks.ready()
        opened = time.monotonic()
        callers = [one for one in SCENARIOS if one.kind is Kind.CALLS and not one.after_hours]
        for scenario in sorted(callers, key=lambda one: one.starts_at):
            if not self._until_passed(opened + scenario.starts_at):
                return
            self._call(scenario)
        if not self._until(lambda sights: all(sight.is_over for sight in sights if sight.scenario in callers)):
            return
        self._callbacks.ready()
        for scenario in (one for one in SCENARIOS if one.kind is Kind.CALLS_BACK):
            self._call(scenario)
        self._until(lambda sights: all(sight.as_expected for sight in sights))

    def _until_passed(self, moment: float) -> bool:
        return self._until(lambda _: time.monotonic() >= moment)

    def _until(self, true: Callable[[list[ScenarioState]], bool]) -> bool:
        """Look again and again until it is so; False when it is over before."""
        while not self._ended.is_set() and time.monotonic() < self._end:
            sights = self.look()
            self._seen(sights)
            if true(sights):
                return True
            self._ended.wait(LOOK_SECONDS)
        return False

    def look(self) -> list[ScenarioState]:
        """What the ledger holds of this run's calls."""
        with self._hotline.storage.reading() as tx:
            page = CallStore(tx).search(CallFilter(since=self._began), limit=200)
        newest = {(stored.call.caller.number, stored.call.direction): stored for stored in reversed(page.calls)}
        return [ScenarioState(one, newest.get((normalise(one.number), _direction(one)))) for one in SCENARIOS]

    def table(self, sights: Sequence[ScenarioState]) -> Table:
        """One row a scenario."""
        say = self._words
        table = Table(*map(say, _HEADINGS), "", title=say(because("simulation.title")), title_justify="left")
        for sight in sights:
            title = say(sight.scenario.title)
            table.add_row(sight.scenario.number, title, *_columns(sight, self._hotline.clock(), say))
        return table

    def _declare(self, mode: Literal["open", "closed"]) -> None:
        now = self._hotline.clock()
        why = self._words(because("simulation.declared"))
        line.declare(self._hotline.storage, mode, now + timedelta(minutes=10), DECLARED_BY, why, now)

    def _call(self, scenario: Scenario) -> None:
        line = next(iter(self._hotline.settings.lines.values())).number
        carrier.call(self._hotline.home, scenario, site.SHOWN if scenario.kind is Kind.CALLS_BACK else line)

    def _closing_words(self, fine: bool) -> str:
        listen, home = self._hotline.settings.listen, self._hotline.home
        if not fine:
            return self._words(because("simulation.not_fine", folder=str(home.log)))
        web = f"http://{listen.host}:{listen.http_port}/"
        return self._words(because("simulation.fine", web=web, home=str(home.root)))


def _direction(scenario: Scenario) -> Direction:
    return Direction.DIALLED if scenario.kind is Kind.DIALLED else Direction.INBOUND


def _columns(sight: ScenarioState, now: datetime, say: Words) -> tuple[str, str, str, str, str]:
    """The outcome and the kind of recording are the API's codes."""
    if sight.stored is None:
        return say(because("simulation.not_yet")), "", "", "", ""
    call = sight.stored.call
    outcome = call.outcome.value if call.outcome else f"… {(now - call.started_at).total_seconds():.0f} s"
    taken_by = (call.answered_by.name or call.answered_by.id) if call.answered_by else ""
    talk = f"{call.talk_seconds:.0f} s" if call.talk_seconds else ""
    recording = _recording(sight)
    return outcome, taken_by, talk, recording, "[green]✓[/green]" if sight.as_expected else ""


def _recording(sight: ScenarioState) -> str:
    entries = sight.stored.recordings if sight.stored else ()
    found = [entry for entry in entries if entry.kind == sight.scenario.recording]
    if found and found[0].state == RecordingState.READY and found[0].seconds is not None:
        return f"{sight.scenario.recording} {found[0].seconds:.0f} s"
    return f"{sight.scenario.recording}: {sight.recording_state}" if sight.recording_state else ""
