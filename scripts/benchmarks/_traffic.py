"""Many short calls by SIPp: callers who hear the greeting, press a key, talk to whoever answers and hang up; one SIPp
stands for all operators' phones and sends back what it hears, so that sound goes both ways."""

from __future__ import annotations

import csv
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from tests.support import sipp
from tests.support.rig import CARRIER, PHONES, Rig

GREETING_SECONDS, TALK_SECONDS = 3.0, 2.0
#: The key comes just after the greeting, in the menu's words. Sound comes all the time: Asterisk's Answer() goes on
#: with the first packet. The first tone is a high one: its packets are numbered below those that follow.
KEY_AT = GREETING_SECONDS + 0.2
CALLER = (
    "call",
    f"tone 2600 {KEY_AT}",
    f"wait {KEY_AT}",
    "press 5",
    f"tone 440 {TALK_SECONDS}",
    f"wait {TALK_SECONDS}",
    "hang up",
)
OPERATOR = ("ring 0", "answer", "expect hangup")
CALL_SECONDS = KEY_AT + 0.5 + TALK_SECONDS

#: Eleven digits; SIPp counts them up.
CALLER_NUMBER = "139[call_number+10000000]"
LIMIT_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of `calls` calls: `failed` did not go as the callers' script says, `talked` were answered by an
    operator and ended as they should; `seconds` from the first call's begin to the last one's end."""

    calls: int
    failed: int
    talked: int
    seconds: float


class Traffic:
    """The phones around one Asterisk. `operators` must run before calls are made; `stop` ends both."""

    def __init__(self, rig: Rig) -> None:
        self._rig = rig
        self._folder = rig.root / "sipp" / "traffic"
        self._folder.mkdir(parents=True)
        self._running: list[subprocess.Popen[bytes]] = []
        self._operators = self._run_operators()

    @staticmethod
    def operators_port(rig: Rig) -> int:
        return rig.base + 80

    def call(self, calls: int, rate: float) -> Outcome:
        """So many calls, so many a second begun."""
        before = self._talked()
        began = time.monotonic()
        name = f"callers-{len(self._running)}"
        scenario = sipp.calling(self._folder, CALLER, caller=CALLER_NUMBER)
        self._start(
            name,
            scenario,
            f"{CARRIER}:{self._rig.base + 90}",
            self._rig.base + 800,
            f"127.0.0.1:{self._rig.base + 60}",
            "-s",
            "4001234567",
            "-m",
            str(calls),
            "-l",
            str(calls),
            "-r",
            f"{rate:g}",
        ).wait(LIMIT_SECONDS)
        seconds = time.monotonic() - began
        self._await_talked(before + calls)
        return Outcome(calls, calls - succeeded(self._folder / f"{name}.csv"), self._talked() - before, seconds)

    def stop(self) -> None:
        for process in self._running:
            if process.poll() is None:
                process.kill()
                process.wait()

    def _run_operators(self) -> Path:
        scenario = sipp.called(self._folder, {"": OPERATOR})
        port = self.operators_port(self._rig)
        self._start("operators", scenario, f"{PHONES}:{port}", self._rig.base + 600, "-rtp_echo")
        return self._folder / "operators.csv"

    def _start(self, name: str, scenario: str, local: str, media_port: int, *more: str) -> subprocess.Popen[bytes]:
        (self._folder / f"{name}.xml").write_text(scenario, "utf-8")
        address, port = local.split(":")
        argv = [
            "sipp",
            *more,
            "-sf",
            f"{name}.xml",
            "-i",
            address,
            "-p",
            port,
            "-mi",
            address,
            "-mp",
            str(media_port),
            "-nostdin",
            "-timeout",
            f"{LIMIT_SECONDS}s",
            "-recv_timeout",
            "20000",
            "-buff_size",
            "4000000",
            "-trace_err",
            "-error_file",
            f"{name}.errors",
            "-trace_stat",
            "-stf",
            f"{name}.csv",
            "-fd",
            "1",
        ]
        with (self._folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(argv, cwd=self._folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        self._running.append(process)
        return process

    def _talked(self) -> int:
        return succeeded(self._operators)

    def _await_talked(self, wanted: int) -> None:
        """SIPp writes its counts once a second."""
        deadline = time.monotonic() + 4
        while self._talked() < wanted and time.monotonic() < deadline:
            time.sleep(0.2)


def succeeded(statistics: Path) -> int:
    """Calls that went as the script says, as SIPp last wrote."""
    if not statistics.exists():
        return 0
    with statistics.open(encoding="ascii", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter=";") if row.get("SuccessfulCall(C)")]
    return int(rows[-1]["SuccessfulCall(C)"]) if rows else 0
