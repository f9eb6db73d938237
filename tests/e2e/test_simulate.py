"""`hotline up --simulate`: the whole product as a newcomer starts it, with simulated callers and phones."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from hotline.bootstrap import bootstrap
from hotline.domain.callbacks.owed import CallbackOutcome
from hotline.services.line import line_test
from hotline.settings import Home
from hotline.settings.home import TREE
from hotline.settings.private import wider
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.line.line_tests import LineTestStore
from tests.support.rig import port_block, wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(330)]


class Running:
    """A started `hotline up --simulate`."""

    def __init__(self, folder: Path) -> None:
        base, self._held = port_block()
        names = ("HTTP_PORT", "SIP_PORT", "AMI_PORT", "AGI_PORT", "ASTERISK_HTTP_PORT", "RTP_START")
        ports = {f"HOTLINE_{name}": str(base + 10 * number) for number, name in enumerate(names)}
        self.environment = {**os.environ, **ports, "HOTLINE_RTP_END": str(base + 400), "HOTLINE_HOME": str(folder)}
        self.home = folder / "simulation"
        self.said = folder / "said.txt"
        self.start()

    def start(self) -> None:
        with self.said.open("ab") as out:
            self.process = subprocess.Popen(
                [*CLI, "up", "--simulate"],
                cwd=TREE,
                env=self.environment,
                stdout=out,
                stderr=out,
                stdin=subprocess.DEVNULL,
                umask=0o022,
            )  # as most shells have it

    def text(self) -> str:
        return self.said.read_text("utf-8", "replace")

    def cli(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {**self.environment, "HOTLINE_HOME": str(self.home)}
        return subprocess.run(
            [*CLI, *words], cwd=TREE, env=environment, check=False, capture_output=True, text=True, timeout=120
        )

    def calls(self, direction: str = "inbound") -> dict[str, dict[str, Any]]:
        """The ledger's rows of this direction by the customer's number."""
        rows = json.loads(self.cli("calls", "--json").stdout)
        rows = rows["calls"] if isinstance(rows, dict) else rows
        # The last weeks' calls are made up, and belong to no Asterisk.
        ours = (row for row in rows if row["node"] != "demo")
        return {row["caller"]["number"]: row for row in ours if row["direction"] == direction}

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._held.close()


CLI = (sys.executable, "-m", "hotline.cli")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    simulation = Running(tmp_path_factory.mktemp("sim"))
    try:
        yield simulation
    finally:
        simulation.stop()


def test_a_newcomer_sees_each_call_with_its_row_and_its_recording(running: Running) -> None:
    wait_until(
        lambda: "All as it should be" in running.text() or running.process.poll() is not None,
        "the simulated calls",
        270,
    )
    assert "All as it should be" in running.text(), running.text()
    assert "First administrator: user name admin, password" in running.text()
    calls = running.calls()
    assert {number: row["outcome"] for number, row in calls.items()} == {
        "+8613900000001": "answered",
        "+8613900000002": "abandoned_queue",
        "+8613900000003": "forwarded_answered",
        "+8613900000004": "voicemail",
        "+8613900000006": "answered",
    }
    for row in calls.values():
        assert [recording["state"] for recording in row["recordings"]] == ["ready"] * len(row["recordings"])
        assert row["recordings"][0]["seconds"] > 3
    assert calls["+8613900000001"]["answered_by"]["name"] == "赵敏"
    assert calls["+8613900000003"]["answered_by"]["name"] == "李四"
    assert calls["+8613900000001"]["talk_seconds"] > 15


def test_a9_a_newcomer_sees_callbacks_in_each_state(running: Running) -> None:
    """Who is called back answers or is busy, and one calls the number that was shown."""
    wait_until(lambda: "All as it should be" in running.text(), "the simulated calls", 200)
    dialled = {number: row["outcome"] for number, row in running.calls("dialled").items()}
    assert dialled == {"+8613900000008": "answered", "+8613900000005": "no_answer", "+8613900000006": "no_answer"}
    storage = bootstrap(Home(running.home)).storage
    with storage.reading() as tx:
        found = {each.number[-4:]: each for each in CallbackStore(tx).list(True)}
    states = {
        number: "done" if each.closed_at else "tried" if each.tries else "taken" if each.taken_by else "open"
        for number, each in found.items()
    }
    assert states == {"0002": "open", "0004": "open", "0005": "tried", "0006": "done", "0007": "taken", "0008": "done"}
    assert (found["0006"].outcome, found["0008"].outcome) == (CallbackOutcome.CALLED_AGAIN, CallbackOutcome.DONE)


def test_every_file_of_every_process_is_its_owners_alone(running: Running) -> None:
    """Asterisk's recordings, databases and logs too, while all of it runs."""
    wait_until(lambda: "All as it should be" in running.text(), "the simulated calls", 200)
    assert any((running.home / "recordings").rglob("*.*")) and (running.home / "asterisk/log/cel.db").exists()
    assert [str(path) for path in wider(running.home)] == []


def test_check_finds_nothing_wrong_with_it(running: Running) -> None:
    wait_until(lambda: "All as it should be" in running.text(), "the simulated calls", 200)
    checked = running.cli("check", "--json")
    findings = {finding["what"]: finding["level"] for finding in json.loads(checked.stdout)}
    assert checked.returncode == 0, checked.stdout
    looked_at = ("settings", "ami", "pbx", "trunk", "ivr", "web", "prompts", "database")
    assert {findings[what] for what in looked_at} == {"ok"}


def test_it_refuses_to_start_twice_on_one_home(running: Running) -> None:
    second = subprocess.run(
        [*CLI, "up", "--simulate"],
        cwd=TREE,
        env=running.environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert second.returncode != 0
    assert f"as process {running.process.pid}" in second.stderr


def test_a_killed_process_is_started_again_and_the_rest_goes_on(running: Running) -> None:
    wait_until(lambda: "All as it should be" in running.text(), "the simulated calls", 200)
    others = {child.pid for child in running.children()}
    ivr = next(child for child in running.children() if child.cmdline()[-1:] == ["ivr"])
    ivr.kill()
    wait_until(lambda: "ivr was ended by SIGKILL; starting it again" in running.text(), "the report")

    def healed() -> bool:
        return json.loads(running.cli("check", "--json").stdout)[-2]["level"] == "ok"

    wait_until(healed, "the IVR to answer again")
    assert others - {child.pid for child in running.children()} == {ivr.pid}


def test_the_carrier_brings_the_lines_own_test_call_back(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """A4."""
    wait_until(lambda: "All as it should be" in running.text(), "the simulated calls", 200)
    for name, value in running.environment.items():
        monkeypatch.setenv(name, value)
    hotline = bootstrap(Home(running.home))
    pbx = hotline.pbx
    test = line_test.start(hotline.storage, pbx, hotline.settings, "main", hotline.clock())

    def result() -> str:
        with hotline.storage.reading() as tx:
            found = LineTestStore(tx).by_id(test.id)
        return found.result if found and found.result != "running" else ""

    # The jobs process concludes it.
    assert wait_until(result, "the result of the test call", 60) == "passed"


def test_ctrl_c_ends_everything_it_started_and_a_second_start_makes_nothing_anew(running: Running) -> None:
    wait_until(lambda: "All as it should be" in running.text(), "the simulated calls", 200)
    started = running.children()
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(20) == 0
    gone, left = psutil.wait_procs(started, timeout=5)
    assert not left and len(gone) >= 7
    before = len(running.text())
    running.start()
    wait_until(lambda: "Ready." in running.text()[before:], "the second start", 60)
    again = running.text()[before:]
    assert "First administrator" not in again and "sound files made" not in again and "applied" not in again
