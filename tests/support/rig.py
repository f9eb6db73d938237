"""A whole hotline for the end-to-end tests: the real Asterisk and our real processes on loopback, with short prompts,
a clock that can be set, and SIPp for the carrier and the phones."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, TypeVar

import psutil

from hotline.asterisk.locate import find_asterisk
from hotline.bootstrap import Hotline, bootstrap
from hotline.settings import Home
from hotline.settings.home import TREE
from tests.support import forked, sipp
from tests.support.at import clock_of, set_clock
from tests.support.ears import Ear
from tests.support.killed import kill_group
from tests.support.made_once import made_once
from tests.support.prepared import prepare
from tests.support.tones import tone, write_wav

CARRIER, PHONES = "127.0.0.2", "127.0.0.3"

#: Half a second of a pitch of its own stands for each prompt, by the way that sites replace prompts: file by file.
PROMPT_PITCH = {
    "greeting-main": 2000,
    "greeting-closed-main": 2040,
    "menu-main": 2080,
    "key-invalid": 2120,
    "key-missing": 2160,
    "to-operator": 2200,
    "queue-callback-offer": 2240,
    "callback-confirmed": 2280,
    "voicemail-prompt": 2320,
    "voicemail-saved": 2360,
    "callback-noted": 2400,
    "duty-confirm-main": 2440,
    "duty-wait": 2480,
    "blocked": 2520,
    "outbound-refused": 2560,
    "transfer-failed": 2600,
    "operator-lost": 2620,
    "goodbye": 2640,
    "rating-ask": 3000,
    "rating-thanks": 3060,
}

#: Asterisk's own words of the queue (A7), long enough to be told apart from the music.
QUEUE_WORDS_PITCH = {"queue-youarenext": 2700, "queue-thereare": 2740}

#: What decides by the time of day. The ledger goes by Asterisk's own clock, which nobody sets.
ON_THE_SET_CLOCK = frozenset({"ivr", "jobs"})

MOBILES = ("13800000001", "13800000002", "13800000003")

SETTINGS = """
[site]
company = "测试公司"
node = "{node}"
[trunk]
host = "{carrier}"
port = {trunk_port}
[duty]
ring_seconds = 3
confirm_seconds = 3
always = [{always}]
[operators.1001]
name = "赵敏"
contact = "sip:1001@{phones}:{phone1}"
[operators.1002]
name = "钱伟"
contact = "sip:1002@{phones}:{phone2}"
[queues.service]
name = "客户服务"
ring_seconds = 20
announce_seconds = 5
callback_offer_seconds = 5
[queues.sales]
name = "销售"
[menus.main]
prompt = "menu-main"
operator_queue = "service"
key_seconds = 1
tries = 3
[menus.main.keys]
1 = {{ to = "queue:service", subject = "产品咨询" }}
2 = {{ to = "queue:sales", subject = "购买" }}
8 = "voicemail"
9 = "repeat"
0 = "operator"
[rules.hold_prompt]
every_seconds = 2
[voicemail]
max_seconds = 20
silence_seconds = 3
[returning_caller]
ring_seconds = 5
[line_test]
timeout_seconds = 6
[log]
level = "DEBUG"
"""


Result = TypeVar("Result")


def wait_until(true: Callable[[], Result], what: str, seconds: float = 20.0) -> Result:
    """Wait for a condition; what it gave. Fails naming what was waited for."""
    deadline = time.monotonic() + seconds
    while True:
        found = true()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds:g} s: {what}")
        time.sleep(0.05)


def free_port(kind: int = socket.SOCK_STREAM) -> int:
    with contextlib.closing(socket.socket(socket.AF_INET, kind)) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_block() -> tuple[int, IO[bytes]]:
    """The first of a thousand ports that no other rig on this machine has, and what holds them for as long as it is
    open. All lie below the ports that the kernel gives out by itself."""
    for base in range(12000, 32000, 1000):
        try:
            held = (Path(tempfile.gettempdir()) / f"hotline-rig-{base}.lock").open("wb")
        except PermissionError:
            continue  # another user's
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            held.close()
            continue
        if any(_listened_at(base + offset) for offset in (38, 40, 73, 88)):
            held.close()  # left behind by a run that was killed
            continue
        return base, held
    raise RuntimeError("twenty rigs run on this machine already")


def _listened_at(port: int, host: str = "127.0.0.1") -> bool:
    with contextlib.closing(socket.socket()) as probe:
        return probe.connect_ex((host, port)) == 0


def _catches(pid: int, number: int) -> bool:
    """Whether the process has a handler of its own for this signal."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    caught = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught, 16) >> (number - 1) & 1)


class Rig:
    """Start with `start()`, end with `stop()`. `do(words)` carries out a scenario's action."""

    def __init__(self, root: Path, extra_settings: str = "") -> None:
        self.root = root
        self.home = Home(root / "home")
        self.base, self._held = port_block()
        self.processes: dict[str, forked.Forked | subprocess.Popen[bytes]] = {}
        self.phones: list[sipp.Phone] = []
        self.test = "none"
        self.clock_file = root / "clock"
        self.clock_file.write_text("", "ascii")
        self.home.create()
        always = ", ".join(f'{{ person = "值班{i}", number = "{n}" }}' for i, n in enumerate(MOBILES, 1))
        self.home.settings_file.write_text(
            SETTINGS.format(
                node="rig",
                carrier=CARRIER,
                phones=PHONES,
                trunk_port=self.base + 70,
                phone1=self.base + 81,
                phone2=self.base + 82,
                always=always,
            )
            + extra_settings,
            "utf-8",
        )
        self.environment = {
            **os.environ,
            "HOTLINE_HOME": str(self.home.root),
            "HOTLINE_HTTP_PORT": str(self.base + 40),
            "HOTLINE_SIP_PORT": str(self.base + 60),
            "HOTLINE_SIP_TLS_PORT": str(self.base + 61),
            "HOTLINE_AMI_PORT": str(self.base + 38),
            "HOTLINE_AGI_PORT": str(self.base + 73),
            "HOTLINE_ASTERISK_HTTP_PORT": str(self.base + 88),
            "HOTLINE_RTP_START": str(self.base + 100),
            "HOTLINE_RTP_END": str(self.base + 500),
        }

    # ---- setting up
    def prepare(self) -> None:
        (self.home.site_greetings / "zh").mkdir(parents=True, exist_ok=True)
        for prompt, pitch in PROMPT_PITCH.items():
            write_wav(self.home.site_greetings / "zh" / f"{prompt}.wav", tone(pitch, 0.5))
        (self.home.site_greetings / "zh" / "asterisk").mkdir(exist_ok=True)
        for words, pitch in QUEUE_WORDS_PITCH.items():
            write_wav(self.home.site_greetings / "zh" / "asterisk" / f"{words}.wav", tone(pitch, 2.0))
        for prompt, pitch in (("queue-callback-offer", 2240), ("hold-working", 2800)):
            write_wav(self.home.site_greetings / "zh" / f"{prompt}.wav", tone(pitch, 2.0))
        prepare(self.home)
        self._build_prompts()
        with self._environment():
            self.hotline: Hotline = bootstrap(self.home)
        self.binary = find_asterisk(self.hotline.settings).binary
        self.pbx = self.hotline.pbx

    def _build_prompts(self) -> None:
        """Those that another rig of this run has made are taken from it; the build looks at each of them."""
        data = self.home.asterisk / "data"

        def make(folder: Path) -> None:
            self.cli("greetings", "build")
            shutil.copytree(data, folder)

        made = made_once("prompts", make)
        if not (data / "prompts.json").exists():
            shutil.copytree(made, data, dirs_exist_ok=True)
            self.cli("greetings", "build")

    def start(self, *names: str) -> None:
        """Start the named processes (all that the calls need by default) and wait until each is ready."""
        for name in names or ("pbx", "ivr", "listener", "worker"):
            self.launch(name)
            self.wait_ready(name)

    def launch(self, name: str) -> None:
        log = self.root / f"{name}.log"
        if name in forked.COMMANDS:
            clock = self.clock_file if name in ON_THE_SET_CLOCK else forked.MACHINES_CLOCK
            self.processes[name] = forked.begin(name, self.environment, clock, log)
            return
        with log.open("ab") as kept:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "hotline.cli", name],
                cwd=TREE,
                env=self.environment,
                stdout=kept,
                stderr=kept,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def wait_ready(self, name: str) -> None:
        if name == "pbx":
            wait_until(self.asterisk_ready, "Asterisk to be ready")
        elif name == "ivr":
            wait_until(lambda: self.accepts(self.base + 73), "the IVR to listen")
        elif name == "listener":
            wait_until(self.listener_logged_in, "the listener to log in")
        elif name == "worker":
            wait_until(lambda: _catches(self.pid(name), signal.SIGTERM), "the worker to be at work")

    def stop(self) -> None:
        self.stop_phones()
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        for process in self.processes.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._held.close()

    # ---- looking
    def cli(self, *words: str, check: bool = True) -> str:
        argv = [sys.executable, "-m", "hotline.cli", *words]
        done = subprocess.run(
            argv, cwd=TREE, env=self.environment, check=False, capture_output=True, text=True, timeout=180
        )
        if check and done.returncode:
            raise AssertionError(f"hotline {' '.join(words)} gave {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def accepts(self, port: int) -> bool:
        return _listened_at(port, self.environment.get("HOTLINE_LISTEN__HOST", "127.0.0.1"))

    def asterisk_ready(self) -> bool:
        if not self.accepts(self.base + 38):
            return False
        answer = self.console("core waitfullybooted")
        return "fully booted" in answer and "transport-" in self.console("pjsip show transports")

    def console(self, command: str) -> str:
        """Asterisk's own command line."""
        argv = [str(self.binary), "-C", str(self.home.asterisk / "etc" / "asterisk.conf"), "-rx", command]
        return subprocess.run(argv, check=False, capture_output=True, text=True, timeout=20).stdout

    def listener_logged_in(self) -> bool:
        return "-events" in self.console("manager show connected")

    def pid(self, name: str) -> int:
        return self.processes[name].pid

    def resources(self) -> dict[int, tuple[int, int]]:
        """Threads and open files of each of our processes, by process id."""
        found = {}
        for process in self.processes.values():
            if process.poll() is None:
                seen = psutil.Process(process.pid)
                found[process.pid] = (seen.num_threads(), seen.num_fds())
        return found

    def channels(self) -> int:
        text = self.console("core show channels count")
        return int(text.split()[0]) if text and text.split()[0].isdigit() else -1

    # ---- acting
    def now(self) -> datetime:
        """What the set clock shows."""
        return clock_of(self.clock_file)()

    def set_clock(self, shown: datetime) -> None:
        set_clock(self.clock_file, shown)

    def phone(
        self,
        name: str,
        ways: Mapping[str, Sequence[str]],
        port: int,
        address: str = PHONES,
        again: Sequence[str] = (),
        once: bool = False,
        ear: Ear | None = None,
        patience: int = sipp.PATIENCE,
    ) -> sipp.Phone:
        """`ear`: in place of SIPp's own sound."""
        password = self.hotline.secrets.phone_password(name) if name.isdigit() else ""
        scenario = sipp.called(
            self.scripts, ways, again, once, pbx=f"127.0.0.1:{self.base + 60}", credentials=(name, password)
        )
        phone = sipp.start(
            name,
            self.scripts,
            ear.scenario(scenario) if ear else scenario,
            local=f"{address}:{port}",
            media_port=self.base + 510 + (port - self.base - 70) * 8,
            patience=patience,
        )
        self.phones.append(phone)
        return phone

    def register(self, extension: str, seconds: int = 600) -> None:
        """The phone that is to stand at the extension's address registers from there; 0: it takes that back, and may
        stand there."""
        port = self.base + (80 if seconds else 60) + int(extension[-1])
        scenario = sipp.registering(
            extension, self.hotline.secrets.phone_password(extension), f"127.0.0.1:{self.base + 60}", seconds
        )
        phone = sipp.start(
            f"register{extension}",
            self.scripts,
            scenario,
            local=f"{PHONES}:{port}",
            media_port=self.base + 700,
            remote=f"127.0.0.1:{self.base + 60}",
            calls=1,
        )
        assert phone.wait(10) == 0, phone.errors

    def caller(
        self,
        steps: Sequence[str],
        number: str,
        *,
        service: str = "4001234567",
        name: str = "",
        calls: int = 1,
        address: str = CARRIER,
        port: int = 0,
        phone: str = "caller",
        password: str = "",
        headers: Sequence[str] = (),
        ear: Ear | None = None,
        patience: int = sipp.PATIENCE,
    ) -> sipp.Phone:
        """`ear`: in place of SIPp's own sound."""
        credentials = (number, password) if password else None
        scenario = sipp.calling(
            self.scripts, steps, caller=number, caller_name=name, credentials=credentials, headers=headers
        )
        started = sipp.start(
            phone,
            self.scripts,
            ear.scenario(scenario) if ear else scenario,
            local=f"{address}:{port or self.base + 90}",
            media_port=self.base + 800 + len(self.phones) * 8,
            remote=f"127.0.0.1:{self.base + 60}",
            service=service,
            calls=calls,
            patience=patience,
        )
        self.phones.append(started)
        return started

    @property
    def scripts(self) -> Path:
        """Where the phones' scripts and logs of the present test stand."""
        folder = self.root / "sipp" / self.test
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def stop_phones(self) -> None:
        sipp.stop_all(self.phones)
        self.phones.clear()

    def clear(self) -> None:
        """End what calls are left, then the phones: a phone that is gone would get its BYE in the next test."""
        if self.channels() != 0:
            self.console("channel request hangup all")
            wait_until(lambda: self.channels() == 0, "every channel to be gone")
        self.stop_phones()

    def sign_in(self, extensions: Sequence[str]) -> None:
        for extension in self.hotline.settings.operators:
            for queue in self.hotline.settings.queues:
                with contextlib.suppress(Exception):
                    self.pbx.queue_remove(queue, extension)
        for extension in extensions:
            operator = self.hotline.settings.operators[extension]
            self.pbx.queue_add("service", extension, operator.name, level=operator.level_in("service"))

    def kill(self, name: str) -> None:
        """As `kill -9` does."""
        kill_group(self.pid(name))
        self.processes[name].wait()

    def restart(self, name: str) -> None:
        self.launch(name)
        self.wait_ready(name)

    @contextlib.contextmanager
    def _environment(self):  # type: ignore[no-untyped-def]
        before = dict(os.environ)
        os.environ.update(self.environment)
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)
