"""What may happen to a call while it lasts: processes killed or frozen, sessions cut, disks filled."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
from collections.abc import Sequence

from hotline.domain.errors import NotFound
from hotline.domain.time import SHANGHAI, system_clock
from hotline.services.line import lost_mobiles
from hotline.services.line.astdb import LinesInAstdb
from hotline.services.operators import call_control
from hotline.services.recordings import pause as recording_pause
from hotline.storage.calls.store import CallStore
from tests.support.rig import PHONES, Rig, wait_until
from tests.support.sipp import Phone


class Actions:
    """Carries out an action given in words; `restore` brings everything back to life."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self.failures: list[str] = []
        self.full = False

    def do(self, words: str, steps: Sequence[str] | None = None) -> None:
        """Never raises: it may run in a timer's thread; see `raise_failures`."""
        try:
            verb, _, rest = words.partition(" ")
            if found := re.fullmatch(r"dial (\S+) from (\d+)", words):
                self.dial(found[1], found[2], steps or ["call", "expect hangup"])
            elif found := re.fullmatch(r"(\S+) dials (\S+) and is done", words):
                self.dial(found[2], found[1], ["call", "expect hangup"]).wait(20)
            else:
                getattr(self, verb)(rest)
        except Exception as error:
            self.failures.append(f"{words}: {type(error).__name__}: {error}")

    def raise_failures(self) -> None:
        assert not self.failures, self.failures

    def restore(self) -> None:
        if self.full:
            self.free("disk")
        for name, process in list(self.rig.processes.items()):
            if process.poll() is not None:
                self.rig.restart(name)
            else:
                os.killpg(process.pid, signal.SIGCONT)

    def kill(self, name: str) -> None:
        self.rig.kill(name)

    def start(self, name: str) -> None:
        self.rig.restart(name)

    def freeze(self, name: str) -> None:
        os.killpg(self.rig.pid(name), signal.SIGSTOP)

    def resume(self, what: str) -> None:
        if what == "recording":
            recording_pause.resume(self.rig.hotline.storage, self.rig.pbx, *self.live_call(), system_clock)
        else:
            os.killpg(self.rig.pid(what), signal.SIGCONT)

    def lose(self, number: str) -> None:
        """A duty mobile."""
        hotline = self.rig.hotline
        lost_mobiles.take_out(hotline.storage, hotline.settings, self.rig.pbx, number, "", "test", self.rig.now())

    def pause(self, _what: str) -> None:
        recording_pause.pause(self.rig.hotline.storage, self.rig.pbx, *self.live_call(), system_clock)

    def sign(self, extensions: str) -> None:
        """Have these signed in, and nobody else."""
        self.rig.sign_in(extensions.split())

    def all(self, _leave: str) -> None:
        """Sign out, as soon as a phone of theirs rings."""
        rings = lambda: any(each["Channel"].startswith("PJSIP/100") for each in self.rig.pbx.channels())  # noqa: E731
        wait_until(rings, "a phone to ring")
        self.rig.sign_in([])

    def away(self, extension: str) -> None:
        """Paused: signed in, but offered no call."""
        self.rig.pbx.queue_pause(extension, True, "meal")

    def here(self, extension: str) -> None:
        self.rig.pbx.queue_pause(extension, False, "")

    def nobody(self, _rest: str) -> None:
        signed_in = [member["Location"] for member in self.rig.pbx.queue_members()]
        assert not signed_in, signed_in

    def see(self, wanted: str) -> None:
        """The live row of the call says so already: "menu 1", "talking 1001", "queue service"."""
        what, _, which = wanted.partition(" ")
        node, linkedid = self.live_call()
        with self.rig.hotline.storage.reading() as tx:
            call = CallStore(tx).get(node, linkedid)
        assert call is not None and call.ended_at is None, "no call lasts"
        said = {
            "menu": [step.key for step in call.menu],
            "queue": [stay.queue for stay in call.queues],
            "talking": [talk.party.id for talk in call.talks if talk.ended_at is None],
        }[what]
        assert which in said, f"{what}: {said}"

    def live_call(self) -> tuple[str, str]:
        node = self.rig.hotline.settings.site.node
        with self.rig.hotline.storage.reading() as tx:
            open_calls = CallStore(tx).open_linkedids(node)
        return node, open_calls[-1]

    def directory(self, rest: str) -> None:
        """`12 13800138000`: the number of a person of the directory, as Asterisk is told it."""
        person, number = rest.split()
        self.rig.pbx.database_put("hotline-directory", person, number)

    def transfer(self, rest: str) -> None:
        """`1001 dir12`: the operator passes the caller on, as the console does."""
        extension, exten = rest.split()
        self.rig.pbx.blind_transfer(self.channel_of(extension), exten, "hl-transfer")

    def consult(self, rest: str) -> None:
        """`1001 1002`: the operator asks a colleague first."""
        extension, exten = rest.split()
        channel = self.channel_of(extension)
        self.rig.pbx.attended_transfer(channel, "*1", "hl-transfer", {"HL_CONSULT": exten})

    def ask_and_hang_up(self, rest: str) -> None:
        """`1001 1002`: the operator asks a colleague, and hangs up while it rings there."""
        self.consult(rest)
        extension, exten = rest.split()
        self.channel_of(exten)
        self.join(extension)

    def join(self, extension: str) -> None:
        """The operator ends the consultation: caller and colleague go on."""
        self.rig.pbx.hang_up(self.channel_of(extension))

    def back(self, extension: str) -> None:
        """The operator goes back to the caller."""
        self.rig.pbx.cancel_transfer(self.channel_of(extension))

    def rejoin(self, extension: str) -> None:
        """The operator's page was loaded anew."""
        self.channel_of(extension)
        call_control.rejoin(self.rig.pbx, self.live_call()[1], extension)

    def channel_of(self, extension: str) -> str:
        """Where the operator has the caller, or soon will: on a slow machine phones answer late."""

        def found() -> str | None:
            with contextlib.suppress(NotFound, IndexError):
                return call_control.channel_of(self.rig.pbx, self.live_call()[1], extension)
            return None

        return str(wait_until(found, f"{extension} to be on the call", 10))

    def publish(self, _rest: str) -> None:
        """What the jobs process does every half minute."""
        hotline = self.rig.hotline
        assert LinesInAstdb(hotline.storage, self.rig.pbx, hotline.in_force).write(self.rig.now())

    def until(self, shown: str) -> None:
        """`12:00:01`: the set clock shows it, in Shanghai."""
        wait_until(lambda: f"{self.rig.now().astimezone(SHANGHAI):%T}" >= shown, f"the set clock to show {shown}", 60)

    def cut(self, _what: str) -> None:
        """End the listener's AMI session as a broken network does."""
        port = self.rig.base + 38
        subprocess.run(["ss", "-K", "dst", "127.0.0.1", "dport", "=", str(port)], check=False, capture_output=True)

    def fill(self, _disk: str) -> None:
        folder = self.rig.home.incoming
        subprocess.run([*root(), "mount", "-t", "tmpfs", "-o", "size=4k,nr_inodes=1", "tmpfs", str(folder)], check=True)
        self.full = True

    def free(self, _disk: str) -> None:
        subprocess.run([*root(), "umount", "-l", str(self.rig.home.incoming)], check=True)
        self.full = False

    def dial(self, number: str, extension: str, steps: Sequence[str]) -> Phone:
        password = self.rig.hotline.secrets.phone_password(extension)
        return self.rig.caller(
            steps,
            extension,
            service=number,
            address=PHONES,
            port=self.rig.base + 95,
            phone=f"dials{extension}",
            password=password,
        )


def root() -> list[str]:
    return [] if os.geteuid() == 0 else ["sudo", "-n"]
