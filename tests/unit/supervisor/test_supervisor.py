"""The supervisor with real processes: restarts, ready, stopping, and that nothing stays behind."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from hotline.settings import Home, load_settings
from hotline.settings.home import TREE
from hotline.supervisor.lock import AlreadyRunning, only_one, running_pid
from hotline.supervisor.output import Output
from hotline.supervisor.ports import PortsTaken, require_free, wanted_ports
from hotline.supervisor.readiness import booted, speaks_http, until_ready
from hotline.supervisor.restarts import RestartPolicy, Restarts
from hotline.supervisor.supervisor import ProcessSpec, Supervisor
from hotline.web.kit.refusals.registry import say

in_english = partial(say, translate=str)
QUICK = RestartPolicy(first=0.05, longest=0.2, steady=30, loop_after=3)


def wait_for(true: Callable[[], object], seconds: float = 20) -> None:
    """Until it is true; fails the test if it does not come to be."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    """Whether the process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


class Stage:
    """A supervisor over small shell programs, its console kept."""

    def __init__(self, folder: Path, **options: object) -> None:
        self.folder = folder
        self.shown = io.StringIO()
        self.output = Output(Console(file=self.shown, width=300), folder)
        self.options = {"policy": QUICK, "stop_seconds": 2, "ready_seconds": 5, **options}

    def run(self, specs: list[ProcessSpec], until: Callable[[Supervisor], bool]) -> list[str]:
        """Run until the condition holds, then stop; gives what was late."""
        late: list[str] = []

        async def scene() -> None:
            supervisor = Supervisor(specs, dict(os.environ), self.output, in_english, **self.options)  # type: ignore[arg-type]

            async def watch() -> None:
                async with asyncio.timeout(20):
                    while not until(supervisor):
                        await asyncio.sleep(0.02)
                supervisor.stop()

            watcher = asyncio.create_task(watch())
            await supervisor.run(late.extend)
            await watcher

        asyncio.run(scene())
        return late

    def program(self, name: str, script: str, **more: object) -> ProcessSpec:
        return ProcessSpec(name, ["sh", "-c", script], **more)  # type: ignore[arg-type]

    def said(self) -> str:
        return self.shown.getvalue()


@given(st.lists(st.floats(min_value=0, max_value=59), min_size=1, max_size=40))
def test_quick_ends_wait_ever_longer_but_never_over_the_bound(runs: list[float]) -> None:
    policy, delays, state = RestartPolicy(), [], Restarts()
    for ran in runs:
        state = state.ended(ran)
        delays.append(state.delay)
    assert delays == sorted(delays)
    assert policy.first <= delays[0] and delays[-1] <= policy.longest
    assert state.looping == (len(runs) >= policy.loop_after)


def test_one_long_run_makes_a_process_sound_again() -> None:
    state = Restarts()
    for _ in range(9):
        state = state.ended(1)
    assert state.looping
    assert not state.ended(60).looping and state.ended(60).delay == RestartPolicy().first


def test_a_process_that_dies_is_started_again(tmp_path: Path) -> None:
    stage, runs = Stage(tmp_path), tmp_path / "runs"
    stage.run(
        [stage.program("web", f"echo run >> {runs}; exit 3")],
        until=lambda _: runs.exists() and runs.read_text().count("run") >= 2,
    )
    assert "web ended with code 3; starting it again" in stage.said()


def test_a_crash_loop_is_reported_and_does_not_spin(tmp_path: Path) -> None:
    policy = RestartPolicy(first=0.01, longest=3600, steady=30, loop_after=3)
    stage = Stage(tmp_path, policy=policy)
    stage.run(
        [stage.program("jobs", f"echo run >> {tmp_path}/runs; exit 1")],
        until=lambda _: "it keeps ending" in stage.said(),
    )
    assert (tmp_path / "runs").read_text().count("run") == 3
    assert "log/jobs.log says why" in stage.said()


def test_a_program_that_is_not_there_is_reported_not_fatal(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.run([ProcessSpec("pbx", [str(tmp_path / "nothing")])], until=lambda _: "could not be started" in stage.said())
    assert "pbx could not be started" in stage.said()


def test_what_a_process_says_stands_on_the_console_and_in_its_log(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    script = r"printf 'eins [red]\n' ; printf 'caf\351\n\033[31mtwo\n'; printf 'no end'; sleep 60"
    stage.run([stage.program("ivr", script)], until=lambda _: "two" in stage.said())
    assert "ivr eins [red]" in stage.said(), "brackets are text, not markup"
    assert "\033" not in stage.said(), "what a caller sends as a name must not steer the terminal"
    log = (tmp_path / "ivr.log").read_text("utf-8")
    assert log.splitlines() == ["eins [red]", "caf�", "�[31mtwo", "no end"]


def test_a_line_without_end_is_cut_not_collected(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.run(
        [stage.program("web", "head -c 300000 /dev/zero | tr '\\0' x; echo; echo after; sleep 60")],
        until=lambda _: "after" in stage.said(),
    )
    assert max(map(len, (tmp_path / "web.log").read_text().splitlines())) < 200_000


def test_the_second_stage_starts_when_the_first_is_ready(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    serve = f"exec {sys.executable} -m http.server -b 127.0.0.1 {port}"
    server = f"echo started >> {tmp_path}/order; sleep 0.3; {serve}"
    stage = Stage(tmp_path)
    late = stage.run(
        [
            stage.program("web", f"echo second >> {tmp_path}/order; sleep 60", stage=1),
            stage.program("pbx", server, stage=0, ready=speaks_http("127.0.0.1", port)),
        ],
        until=lambda _: (tmp_path / "order").exists() and "second" in (tmp_path / "order").read_text(),
    )
    assert (tmp_path / "order").read_text().split() == ["started", "second"]
    assert late == []


def test_who_is_not_ready_in_time_is_named_and_holds_up_nobody(tmp_path: Path) -> None:
    async def never() -> bool:
        return False

    stage = Stage(tmp_path, ready_seconds=0.3)
    late = stage.run(
        [
            stage.program("pbx", "sleep 60", stage=0, ready=never),
            stage.program("web", f"touch {tmp_path}/web; sleep 60"),
        ],
        until=lambda _: (tmp_path / "web").exists(),
    )
    assert late in (["pbx"], []) and "pbx is not ready" in stage.said()


def test_who_was_late_is_said_to_be_ready_when_it_is(tmp_path: Path) -> None:
    async def later() -> bool:
        return (tmp_path / "go").exists()

    def told(_supervisor: Supervisor) -> bool:
        if "web is not ready" in stage.said():
            (tmp_path / "go").touch()
        return "web is ready now" in stage.said()

    stage = Stage(tmp_path, ready_seconds=0.1)
    assert stage.run([stage.program("web", "sleep 60", ready=later)], until=told) == ["web"]


def test_stopping_ends_everything_also_what_will_not_end_and_what_it_started(tmp_path: Path) -> None:
    stage = Stage(tmp_path, stop_seconds=0.5)
    pids = f"echo $! > {tmp_path}/grandchild; echo $$ > {tmp_path}/child"
    stubborn = f"trap '' TERM; sleep 300 & {pids}; wait; sleep 300"
    stage.run([stage.program("web", stubborn)], until=lambda _: (tmp_path / "child").exists())
    for name in ("child", "grandchild"):
        pid = int((tmp_path / name).read_text())
        wait_for(lambda pid=pid: not alive(pid), 5)  # type: ignore[misc]


MAIN = """
import asyncio, os, sys
from pathlib import Path
from rich.console import Console
from hotline.supervisor.output import Output
from hotline.supervisor.supervisor import ProcessSpec, Supervisor
folder = Path(sys.argv[1])
script = f"echo $$ > {folder}/child; exec sleep 300"
async def main():
    specs = [ProcessSpec("web", ["sh", "-c", script])]
    supervisor = Supervisor(specs, dict(os.environ), Output(Console(), folder), str)
    await supervisor.run(lambda late: print("ready", flush=True))
asyncio.run(main())
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_child_outlives_the_supervisor(tmp_path: Path, number: signal.Signals) -> None:
    """Also not kill -9, which it cannot see coming."""
    main = subprocess.Popen([sys.executable, "-c", MAIN, str(tmp_path)], cwd=TREE, stdout=subprocess.PIPE)
    try:
        wait_for(lambda: (tmp_path / "child").exists() and (tmp_path / "child").read_text().strip())
        child = int((tmp_path / "child").read_text())
        assert alive(child)
        main.send_signal(number)
        assert main.wait(20) == (0 if number != signal.SIGKILL else -signal.SIGKILL)
        wait_for(lambda: not alive(child), 5)
    finally:
        main.kill()
        main.communicate()


def test_a_home_is_run_once_at_a_time(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert running_pid(home) is None
    with only_one(home):
        assert running_pid(home) == os.getpid()
        with pytest.raises(AlreadyRunning, match=str(os.getpid())), only_one(home):
            pass
    assert running_pid(home) is None
    with only_one(home):
        pass


def test_a_taken_port_is_named_with_the_setting_that_moves_it(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as tcp, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.bind(("127.0.0.1", 0))
        settings = load_settings(
            Home(tmp_path),
            {"HOTLINE_HTTP_PORT": str(tcp.getsockname()[1]), "HOTLINE_SIP_PORT": str(udp.getsockname()[1])},
        )
        asked = [port for port in wanted_ports(settings) if port.key in ("listen.http_port", "listen.sip_port")]
        with pytest.raises(PortsTaken) as caught:
            require_free(asked)
    assert "listen.http_port or HOTLINE_HTTP_PORT" in say(caught.value, str)
    assert "listen.sip_port or HOTLINE_SIP_PORT" in say(caught.value, str)


def test_another_program_on_the_ami_port_is_not_taken_for_our_asterisk(tmp_path: Path) -> None:
    async def scene() -> bool:
        async def stranger(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"Asterisk Call Manager/9.0\r\nResponse: Error\r\nMessage: Refused\r\n\r\n")
            writer.close()

        server = await asyncio.start_server(stranger, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            return await until_ready(booted("127.0.0.1", port, "hotline", "secret"), 0.5)

    assert asyncio.run(scene()) is False
