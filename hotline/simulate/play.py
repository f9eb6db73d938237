"""The show: the four callers call, and a table says what the ledger makes of it, live."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rich.console import Console
from rich.live import Live
from rich.table import Table

from hotline.asterisk.process import make_pbx
from hotline.bootstrap import Hotline
from hotline.domain.records import RecordingState
from hotline.services import line
from hotline.services.ports import CallFilter, StoredCall
from hotline.simulate import carrier
from hotline.simulate.cast import SCENARIOS, Scenario

DECLARED_BY = "simulation"

#: Long enough for all of it on a slow machine; then what is missing is said.
LONGEST_SECONDS = 150.0
LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Sight:
    """What the ledger holds of one scenario now."""

    scenario: Scenario
    stored: StoredCall | None

    @property
    def recording_state(self) -> str:
        """Of the recording it must have; "" while there is none."""
        entries = self.stored.recordings if self.stored else ()
        return next((entry.state.value for entry in entries if entry.kind == self.scenario.recording), "")

    @property
    def as_expected(self) -> bool:
        """The row has the right outcome, and its recording is in the store."""
        outcome = self.stored.call.outcome if self.stored else None
        return outcome == self.scenario.outcome and self.recording_state == RecordingState.READY

    @property
    def routed(self) -> bool:
        """The IVR has decided, so that declaring the line closed no longer changes this call."""
        return self.stored is not None and (bool(self.stored.call.routes) or self.stored.call.outcome is not None)


class Play:
    """One run of all scenarios against a running simulation. `ended` breaks it off."""

    def __init__(self, hotline: Hotline, console: Console, ended: threading.Event) -> None:
        self._hotline = hotline
        self._console = console
        self._ended = ended
        self._began = hotline.clock()
        self._pbx = make_pbx(hotline.settings, hotline.secrets)

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

    def run(self, seen=lambda sights: None) -> list[Sight]:  # noqa: ANN001
        """Play to the end (or `ended`, or LONGEST_SECONDS); `seen` is told each time it was looked."""
        end = time.monotonic() + LONGEST_SECONDS
        if not self._wait_for_phone(end):
            return self.look()
        self._declare("open")
        started = time.monotonic()
        waiting = [one for one in SCENARIOS if not one.after_hours]
        later = [one for one in SCENARIOS if one.after_hours]
        while True:
            for scenario in [one for one in waiting if time.monotonic() - started >= one.starts_at]:
                self._call(scenario)
                waiting.remove(scenario)
            sights = self.look()
            seen(sights)
            if later and not waiting and all(sight.routed for sight in sights if not sight.scenario.after_hours):
                self._declare("closed")
                for scenario in later:
                    self._call(scenario)
                later = []
            finished = not waiting and not later and all(sight.as_expected for sight in sights)
            if finished or time.monotonic() > end or self._ended.wait(LOOK_SECONDS):
                break
        line.go_by_calendar(self._hotline.storage, DECLARED_BY, self._hotline.clock())
        return sights

    def look(self) -> list[Sight]:
        """What the ledger holds of this run's calls."""
        with self._hotline.storage.reading() as work:
            page = work.calls.search(CallFilter(since=self._began), limit=200)
        newest = {stored.call.caller.original: stored for stored in reversed(page.calls)}
        return [Sight(one, newest.get(one.number)) for one in SCENARIOS]

    def table(self, sights: Sequence[Sight]) -> Table:
        """One row a scenario."""
        table = Table("caller", "what is played", "outcome", "taken by", "talk", "recording", "",
                      title="Simulated calls, as the ledger has them", title_justify="left")
        for sight in sights:
            table.add_row(sight.scenario.number, sight.scenario.title, *_columns(sight, self._hotline.clock()))
        return table

    def _wait_for_phone(self, end: float) -> bool:
        """Until the operator's phone has registered with the hotline."""
        while time.monotonic() < end:
            if carrier.phone_registered(self._pbx):
                return True
            if self._ended.wait(LOOK_SECONDS):
                return False
        return False

    def _declare(self, mode: str) -> None:
        now = self._hotline.clock()
        line.declare(self._hotline.storage, mode, now + timedelta(minutes=10), DECLARED_BY, "simulated calls", now)

    def _call(self, scenario: Scenario) -> None:
        dialled = next(iter(self._hotline.settings.lines.values())).number
        carrier.call(self._hotline.home, scenario, dialled)

    def _closing_words(self, fine: bool) -> str:
        listen = self._hotline.settings.listen
        if not fine:
            return f"Not everything came as it should; {self._hotline.home.log} may say why."
        return (
            f"All as it should be. The calls stand at http://{listen.host}:{listen.http_port}/; on the command line:\n"
            f"  HOTLINE_HOME={self._hotline.home.root} scripts/hotline calls"
        )


def _columns(sight: Sight, now: datetime) -> tuple[str, str, str, str, str]:
    if sight.stored is None:
        return "not yet", "", "", "", ""
    call = sight.stored.call
    outcome = call.outcome.value if call.outcome else f"… {(now - call.started_at).total_seconds():.0f} s"
    taken_by = (call.answered_by.name or call.answered_by.id) if call.answered_by else ""
    talk = f"{call.talk_seconds:.0f} s" if call.talk_seconds else ""
    recording = _recording(sight)
    return outcome, taken_by, talk, recording, "[green]✓[/green]" if sight.as_expected else ""


def _recording(sight: Sight) -> str:
    entries = sight.stored.recordings if sight.stored else ()
    found = [entry for entry in entries if entry.kind == sight.scenario.recording]
    if found and found[0].state == RecordingState.READY and found[0].seconds is not None:
        return f"{sight.scenario.recording} {found[0].seconds:.0f} s"
    return f"{sight.scenario.recording}: {sight.recording_state}" if sight.recording_state else ""
