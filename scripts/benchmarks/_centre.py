"""A whole hotline with many operators, and beside it the same Asterisk with the same media in a static dialplan."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

from hotline.asterisk import pbx
from hotline.asterisk.locate import find_asterisk
from hotline.domain.time import SHANGHAI
from hotline.settings.home import TREE
from scripts.benchmarks._traffic import GREETING_SECONDS, TALK_SECONDS, Traffic
from tests.support.rig import PHONES, Rig, wait_until
from tests.support.tones import tone, write_wav

#: More than talk at once at any rate that is tried, so that the queue always has one free.
OPERATORS = 160
OURS = ("pbx", "ivr", "listener", "worker", "jobs", "web")

#: Four for each call, apart from the rigs' own ranges. Asterisk passes over those that are taken.
RTP_PORTS = (34000, 37999)
#: Processes that rest use less CPU a second; they do so within a minute even on a machine that does much else.
AT_REST, REST_SECONDS = 0.08, 60
#: For the rows to be final and the recordings to be stored after the last call.
SETTLE_SECONDS = 10.0

#: Every day is worked from midnight to midnight: calls come in whenever this is run.
ALWAYS_OPEN = """
[hours]
{days}
[calendar]
open = [{dates}]
[menus.main.keys.5]
to = "queue:many"
subject = "many"
"""

MANY_OPERATORS = """
[queues.many]
name = "many"
strategy = "rrmemory"
ring_seconds = 10
max_waiting = 500
members = [{members}]
[console]
wrap_up_seconds = 0
"""

#: The IVR's greeting and menu, the recording and the queue, and nothing else.
STATIC_DIALPLAN = """
[from-trunk]
exten => 4001234567,1,Answer()
 same => n,Goto(menu,s,1)
[menu]
exten => s,1,BackGround(hotline/greeting-main&hotline/menu-main)
 same => n,WaitExten(1)
exten => 5,1,MixMonitor({incoming}/${{CHANNEL(linkedid)}}.raw,D)
 same => n,Queue(many,c,,,600)
 same => n,Hangup()
"""


class Site(Rig):
    """A rig whose every process runs as `hotline up` runs it, on the machine's own clock."""

    def prepare(self) -> None:
        super().prepare()
        write_wav(self.home.site_greetings / "zh" / "greeting-main.wav", tone(2000, GREETING_SECONDS))
        self.cli("greetings", "build")

    def launch(self, name: str) -> None:
        self.run(name, [sys.executable, "-m", "hotline.cli", name])

    def run(self, name: str, argv: list[str]) -> None:
        with (self.root / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                argv,
                cwd=TREE,
                env=self.environment,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )


class Centre:
    """One Asterisk with phones around it, begun by `start` and ended by `stop`."""

    def __init__(self, root: Path) -> None:
        root.mkdir()
        self.rig = Site(root)
        self.rig.environment |= {
            "HOTLINE_RTP_START": str(RTP_PORTS[0]),
            "HOTLINE_RTP_END": str(RTP_PORTS[1]),
            "HOTLINE_LOG__LEVEL": "INFO",
            "HOTLINE_RETURNING_CALLER__ENABLED": "true",
        }
        with self.rig.home.settings_file.open("a", encoding="utf-8") as file:
            file.write(settings_text(Traffic.operators_port(self.rig)))

    def start(self) -> None:
        self.rig.prepare()
        self._start()
        self.traffic = Traffic(self.rig)

    def _start(self) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        if hasattr(self, "traffic"):
            self.traffic.stop()
        self.rig.stop()

    def settle(self, calls: int) -> float | None:
        """Wait until no call is left and as many calls in all are kept; for how many seconds, None for too many."""
        began = time.monotonic()
        while self.rig.channels() != 0 or self.kept() < calls:
            if time.monotonic() - began > SETTLE_SECONDS:
                return None
            time.sleep(0.2)
        return time.monotonic() - began

    def rest(self) -> None:
        """Wait until what processes do once after their start is done: all jobs' first run uses seconds of CPU."""
        for _second in range(REST_SECONDS):
            before = self.cpu_seconds()
            time.sleep(1)
            if sum(self.cpu_seconds().values()) - sum(before.values()) < AT_REST:
                return
        raise RuntimeError(f"not at rest {REST_SECONDS} s after the start: see {self.rig.root}")

    def kept(self) -> int:
        """Calls of which a recording of the whole talk stands."""
        raise NotImplementedError

    def finished(self) -> bool:
        """Whether every recording is in the form in which it is kept for years."""
        return True

    def cpu_seconds(self) -> dict[str, float]:
        """What each process has used so far, with the programs that it has run."""
        times = {name: process.cpu_times() for name, process in self.processes().items()}
        return {
            name: used.user + used.system + used.children_user + used.children_system for name, used in times.items()
        }

    def processes(self) -> Mapping[str, psutil.Process]:
        return {name: psutil.Process(process.pid) for name, process in self.rig.processes.items()}


class Ours(Centre):
    """The whole product."""

    def _start(self) -> None:
        self.rig.start(*OURS)
        wait_until(lambda: self.rig.accepts(self.rig.base + 40), "the web to listen")

    def kept(self) -> int:
        """The call's row is final and its recording is in the store."""
        query = """SELECT count(*) FROM call JOIN recording USING (node, linkedid)
            WHERE call.outcome = 'answered' AND call.ended_at IS NOT NULL
            AND recording.state = 'ready' AND recording.seconds > ?"""
        with closing(sqlite3.connect(f"file:{self.rig.home.database_file}?mode=ro", uri=True)) as database:
            return int(database.execute(query, (TALK_SECONDS * 0.8,)).fetchone()[0])

    def finished(self) -> bool:
        query = "SELECT count(*) FROM recording WHERE state = 'ready' AND kept_at IS NULL"
        with closing(sqlite3.connect(f"file:{self.rig.home.database_file}?mode=ro", uri=True)) as database:
            return not database.execute(query).fetchone()[0]


class Reference(Centre):
    """Asterisk alone: no AGI, no manager, no CEL database; the raw recordings stay where they are."""

    def _start(self) -> None:
        hotline = self.rig.hotline
        install = find_asterisk(hotline.settings)
        config = pbx.prepare(hotline.settings, self.rig.home, hotline.secrets, install)
        dialplan = STATIC_DIALPLAN.format(incoming=self.rig.home.incoming)
        (config.parent / "extensions.conf").write_text(dialplan, "utf-8")
        (config.parent / "cel.conf").write_text("[general]\nenable = no\n", "ascii")
        (config.parent / "manager.conf").write_text("[general]\nenabled = no\n", "ascii")
        self.rig.run("pbx", pbx.command(install, config))
        wait_until(lambda: "fully booted" in self.rig.console("core waitfullybooted"), "Asterisk to be ready")

    def kept(self) -> int:
        least = TALK_SECONDS * 0.8 * 8000 * 4
        return sum(file.stat().st_size > least for file in self.rig.home.incoming.glob("*.raw"))


def settings_text(phones_port: int) -> str:
    today = datetime.now(UTC).astimezone(SHANGHAI).date()
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "makeup_day")
    extensions = [str(3001 + number) for number in range(OPERATORS)]
    contact = f"{PHONES}:{phones_port}"
    return (
        ALWAYS_OPEN.format(
            days="\n".join(f'{name} = ["00:00-24:00"]' for name in names),
            dates=", ".join(str(today + timedelta(days=days)) for days in range(2)),
        )
        + MANY_OPERATORS.format(members=", ".join(f'"{extension}"' for extension in extensions))
        + "".join(f'[operators.{e}]\nname = "{e}"\ncontact = "sip:{e}@{contact}"\n' for e in extensions)
    )
