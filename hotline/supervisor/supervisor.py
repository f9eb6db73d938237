"""Keeps a set of processes running until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hotline.domain.reasons import Reason, because
from hotline.supervisor.child import Child
from hotline.supervisor.output import Output
from hotline.supervisor.readiness import Probe, until_ready
from hotline.supervisor.restarts import RestartPolicy, Restarts

#: What has not ended by then after SIGTERM is killed.
STOP_SECONDS = 8.0

#: How long the first stage (Asterisk) and then the others are waited for before this is said.
READY_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class ProcessSpec:
    """A process to keep running. `stage` 0 is ready before 1 is started; no `ready`: started is ready."""

    name: str
    command: Sequence[str]
    stage: int = 1
    ready: Probe | None = None


class Supervisor:
    """Starts the processes stage by stage, restarts what ends, and ends all. `words`: how it tells of them.

    SIGINT and SIGTERM stop it; a second one kills at once.
    """

    def __init__(
        self,
        specs: Sequence[ProcessSpec],
        environment: Mapping[str, str],
        output: Output,
        words: Callable[[Reason], str],
        policy: RestartPolicy | None = None,
        stop_seconds: float = STOP_SECONDS,
        ready_seconds: float = READY_SECONDS,
    ) -> None:
        self._specs = specs
        self._environment = environment
        self._output = output
        self._words = words
        self._policy = policy or RestartPolicy()
        self._stop_seconds = stop_seconds
        self._ready_seconds = ready_seconds
        self._children: dict[str, Child] = {}
        self._stopping = asyncio.Event()

    async def run(self, when_ready: Callable[[list[str]], None]) -> None:
        """Until stopped. `when_ready` is called once, with the names of those that are not ready in time."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stop)
        watchers: list[asyncio.Task[None]] = []
        telling: list[asyncio.Task[None]] = []
        try:
            late = await self._start(watchers)
            if not self._stopping.is_set():
                when_ready(late)
            telling += [asyncio.create_task(self._tell_ready(spec)) for spec in self._specs if spec.name in late]
            await self._stopping.wait()
        finally:
            self._stopping.set()
            for each in telling:
                each.cancel()
            await self._end(watchers)
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)

    def stop(self) -> None:
        """End everything; called again, without waiting."""
        if self._stopping.is_set():
            for child in self._children.values():
                child.kill()
        else:
            self._say(because("commands.up_stopping"))
            self._stopping.set()

    async def _start(self, watchers: list[asyncio.Task[None]]) -> list[str]:
        """Start stage after stage; gives the names of those not ready in time."""
        late: list[str] = []
        for stage in sorted({spec.stage for spec in self._specs}):
            members = [spec for spec in self._specs if spec.stage == stage]
            watchers += [asyncio.create_task(self._keep(spec)) for spec in members]
            ready = await asyncio.gather(*(self._wait_ready(spec) for spec in members))
            late += [spec.name for spec, yes in zip(members, ready, strict=True) if not yes]
            if self._stopping.is_set():
                break
        return late

    async def _wait_ready(self, spec: ProcessSpec) -> bool:
        if spec.ready is None:
            return True
        asking = asyncio.create_task(until_ready(spec.ready, self._ready_seconds))
        stopping = asyncio.create_task(self._stopping.wait())
        await asyncio.wait({asking, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not asking.done():
            asking.cancel()
            return False
        if not asking.result():
            self._say(because("commands.process_late", process=spec.name, seconds=round(self._ready_seconds)), "yellow")
        return asking.result()

    async def _tell_ready(self, spec: ProcessSpec) -> None:
        """Of one that was said to be late, as soon as it is ready."""
        if spec.ready is not None and await until_ready(spec.ready, None):
            self._say(because("commands.process_ready", process=spec.name))

    async def _keep(self, spec: ProcessSpec) -> None:
        """Run one process again and again until stopped."""
        restarts = Restarts(self._policy)
        while not self._stopping.is_set():
            began = time.monotonic()
            how = await self._run_once(spec)
            if self._stopping.is_set():
                return
            restarts = restarts.ended(time.monotonic() - began)
            self._report(spec.name, how, restarts)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), restarts.delay)

    async def _run_once(self, spec: ProcessSpec) -> Reason:
        """Start it and wait for its end; says how it ended."""
        try:
            child = Child(spec.command, self._environment, lambda line: self._output.line(spec.name, line))
        except OSError as error:
            return because("commands.process_not_started", error=str(error))
        self._children[spec.name] = child
        code = await child.ended()
        if code < 0:
            return because("commands.process_killed", signal=signal.Signals(-code).name)
        return because("commands.process_ended", code=code)

    def _report(self, name: str, how: Reason, restarts: Restarts) -> None:
        if restarts.looping:
            seconds, times = round(restarts.delay), restarts.quick_ends
            told = because("commands.process_keeps_ending", process=name, how=how, times=times, seconds=seconds)
            self._say(told, "bold red")
        else:
            soon = f"{restarts.delay:.1f}"
            self._say(because("commands.process_again", process=name, how=how, seconds=soon), "yellow")

    def _say(self, told: Reason, style: str = "") -> None:
        self._output.say(self._words(told), style)

    async def _end(self, watchers: list[asyncio.Task[None]]) -> None:
        for child in self._children.values():
            child.terminate()
        if not watchers:
            return
        _, left = await asyncio.wait(watchers, timeout=self._stop_seconds)
        if left:
            for child in self._children.values():
                child.kill()
            await asyncio.wait(left)
