"""The processes as they are run, and the commands beside them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from hotline.cli import main
from hotline.domain.line.line_test import LineTest
from hotline.domain.reasons import because
from hotline.services.alerts import set_alert
from hotline.services.recordings.alert_kinds import RECORDING_LOST
from hotline.settings import Home
from hotline.storage.alerts import AlertStore
from hotline.storage.calls.store import CallStore
from hotline.storage.engine import make_engine
from hotline.storage.leases import LeaseStore
from hotline.storage.line.line_tests import LineTestStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.transaction import Storage
from tests.support import tones
from tests.support.rows import MORNING, a_call, a_recording


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("HOTLINE_HOME", str(tmp_path))
    # Nothing answers there: an Asterisk that may run beside the tests is none of theirs.
    monkeypatch.setenv("HOTLINE_AMI_PORT", "1")
    run("db", "upgrade")
    return Home(tmp_path)


@pytest.fixture
def storage(home: Home) -> Storage:
    return Storage(make_engine(f"sqlite:///{home.database_file}"))


def run(*arguments: str, expected: int = 0) -> str:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == expected, result.output
    return result.output


def until(condition: object, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def test_the_worker_takes_recordings_in_and_ends_cleanly_on_sigterm(home: Home, storage: Storage) -> None:
    entry = a_recording("a.1")
    with storage.writing() as tx:
        CallStore(tx).save([a_call("a.1")], MORNING)
        RecordingStore(tx).announce([entry])
    source = tones.write_raw(home.incoming / entry.source_file, tones.tone(440, 1.0), tones.tone(880, 1.0))
    process = _start("worker")
    until(lambda: not source.exists() and list(home.recordings.rglob("*.flac")) and not _wavs(home))
    assert _ended(process) == 0
    (stored,) = home.recordings.rglob("*.flac")
    assert tones.seconds_of_tone(stored, 0, 440) == tones.seconds_of_tone(stored, 1, 880) == 1.0


def test_the_jobs_run_without_asterisk_say_so_and_end_cleanly_on_sigterm(home: Home, storage: Storage) -> None:
    process = _start("jobs")

    def told() -> bool:
        with storage.reading() as tx:
            return {"pbx", "roster_gap"} <= {alert.kind for alert in AlertStore(tx).open()}

    until(told)
    assert _ended(process) == 0
    with storage.writing() as tx:
        assert LeaseStore(tx).acquire("scheduler", "next", MORNING, 1), "the lease was given back"


def test_alerts_are_listed_and_cleared_by_hand(home: Home, storage: Storage) -> None:
    with storage.writing() as tx:
        reason = because("recordings.not_stored", why="list it in [calendar] closed")
        set_alert(tx, RECORDING_LOST, "a.1", reason, MORNING)
    (alert,) = json.loads(run("alerts", "list", "--json"))
    assert alert == {
        "kind": "recording_lost",
        "object": "a.1",
        "detail": "Recordings cannot be stored: list it in [calendar] closed",
        "raised_at": "2026-03-11T02:00:00Z",
    }
    assert "[calendar]" in run("alerts", "list")
    run("alerts", "clear", "recording_lost", "a.1", "--by", "赵敏")
    assert run("alerts", "list") == "no open alerts\n"
    assert "No alert recording_lost a.1 is open" in run("alerts", "clear", "recording_lost", "a.1", expected=1)


def test_a_job_is_run_by_name(home: Home) -> None:
    run("jobs", "run", "trim")
    refused = run("jobs", "run", "x", expected=1)
    assert "There is no job x. There are: " in refused and "publish" in refused and "pbx_files" in refused
    assert {"job": "publish", "seconds": 4} in json.loads(run("jobs", "list", "--json"))


def test_a4_the_state_of_each_lines_test_is_shown(
    home: Home, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with storage.writing() as tx:
        CallStore(tx).save([a_call("a.1")], MORNING)
        LineTestStore(tx).add(
            LineTest("t", "main", MORNING, "failed", MORNING, because("line.test_did_not_arrive", seconds=30))
        )
    (status,) = json.loads(run("jobs", "line-tests", "--json"))
    assert status == {
        "line": "main",
        "number": "4001234567",
        "not_tested": "",
        "last_arrival": "2026-03-11T02:00:00Z",
        "test": {
            "at": "2026-03-11T02:00:00Z",
            "result": "failed",
            "detail": "The test call did not arrive within 30 s (A4).",
        },
    }
    assert "failed The test call did not arrive" in run("jobs", "line-tests")
    monkeypatch.setenv("HOTLINE_TRUNK__TEST_CALL", "false")
    assert "not tested: The carrier does not let us" in run("jobs", "line-tests")


def test_pausing_without_asterisk_says_what_is_wrong(home: Home) -> None:
    assert "cannot be reached" in run("recording", "pause", "a.1", expected=1)
    assert "No recording of a call a.1 is known." in run("recording", "retry", "a.1", expected=1)


def _wavs(home: Home) -> list[Path]:
    return list(home.recordings.rglob("*.wav"))


def _start(name: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "hotline.cli", name], env=dict(os.environ))


def _ended(process: subprocess.Popen[bytes]) -> int:
    process.send_signal(signal.SIGTERM)
    return process.wait(30)
