"""Calls a second, and CPU a call: with all of our processes beside a static dialplan without us.

Each call: greeting, a key in the menu, the queue, an operator who answers, a talk, its recording. The reference is
the same Asterisk with the same modules, members, sound and phones, and a dialplan that does the same by itself: no
AGI, no manager, no CEL database. SIPp plays callers and operators on the same machine.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.benchmarks._centre import Centre, Ours, Reference
from scripts.benchmarks._result import Result
from scripts.benchmarks._traffic import CALL_SECONDS, GREETING_SECONDS, TALK_SECONDS
from tests.support.rig import wait_until

#: Calls a second that are tried; which are sustained is found by halving.
RATES = tuple(range(8, 54, 2))
STEP_SECONDS = 6
#: A step that takes this much longer than its calls should was more than could be done.
LATE_SECONDS = 1.5

#: For the recordings to be brought into the form in which they are kept, which is done when nothing waits.
FINISH_SECONDS = 120
#: One round's figure is that of a moment of the machine: Asterisk's alone varied by a third between two runs.
MODERATE_RATE, MODERATE_CALLS, MODERATE_ROUNDS, WARM_CALLS = 8, 80, 5, 12


@dataclass(frozen=True, slots=True)
class Measured:
    """`cpu`: milliseconds a call by process, of the round in the middle; `sustained`: calls a second; `slowest`:
    seconds from a step's last call until all that it leaves was there."""

    cpu: dict[str, float]
    sustained: int
    slowest: float


def run(say: Callable[[str], None]) -> Iterator[Result]:
    with tempfile.TemporaryDirectory(prefix="hotline-bench-") as folder:
        ours = _measure(Ours(Path(folder) / "ours"), "ours", say)
        alone = _measure(Reference(Path(folder) / "alone"), "static dialplan", say)
    shape = f"calls of {CALL_SECONDS:g} s (greeting {GREETING_SECONDS:g} s, talk {TALK_SECONDS:g} s)"
    name = "static dialplan"
    yield Result(
        "calls",
        "sustained",
        ours.sustained,
        alone.sustained,
        name,
        "calls/s",
        f"{shape}, no failed call in {STEP_SECONDS} s; SIPp shares the machine; "
        f"every row final and recording stored within {ours.slowest:.1f} s",
    )
    at = f"at {MODERATE_RATE} calls/s, the middle one of {MODERATE_ROUNDS} rounds, less is better"
    yield Result("calls", "CPU a call, Asterisk", ours.cpu["pbx"], alone.cpu["pbx"], name, "ms", at)
    split = ", ".join(f"{process} {used:.1f}" for process, used in ours.cpu.items())
    yield Result("calls", "CPU a call, all", sum(ours.cpu.values()), alone.cpu["pbx"], name, "ms", f"{at}; {split}")


def _measure(centre: Centre, name: str, say: Callable[[str], None]) -> Measured:
    try:
        centre.start()
        if not _step(centre, WARM_CALLS, MODERATE_RATE).sustained:
            raise RuntimeError(f"{name}: not even {MODERATE_RATE} calls/s: see {centre.rig.root}")
        centre.rest()
        rounds = sorted((_cpu(centre) for _round in range(MODERATE_ROUNDS)), key=lambda used: sum(used.values()))
        cpu = rounds[MODERATE_ROUNDS // 2]
        totals = ", ".join(f"{sum(used.values()):.1f}" for used in rounds)
        say(f"  {name}: {totals} ms CPU a call")
        slowest = 0.0

        def holds(rate: int) -> bool:
            nonlocal slowest
            step = _step(centre, rate * STEP_SECONDS, rate)
            say(f"  {name}: {rate} calls/s: {step.text}")
            slowest = max(slowest, step.settled or 0.0)
            return step.sustained

        return Measured(cpu, highest(RATES, holds), slowest)
    finally:
        centre.stop()


@dataclass(frozen=True, slots=True)
class Step:
    """`settled`: seconds until all was there, None if it was not; `text` says what failed."""

    settled: float | None
    text: str

    @property
    def sustained(self) -> bool:
        return self.text == "held"


def _step(centre: Centre, calls: int, rate: float) -> Step:
    before = centre.kept()
    outcome = centre.traffic.call(calls, rate)
    late = outcome.seconds - calls / rate - CALL_SECONDS
    settled = centre.settle(before + calls)
    kept = centre.kept() - before
    if outcome.failed or outcome.talked < calls:
        return Step(settled, f"{outcome.failed} failed, {calls - outcome.talked} without an operator, of {calls}")
    if settled is None:
        return Step(settled, f"{kept} of {calls} recorded")
    return Step(settled, "held" if late < LATE_SECONDS else f"{late:.1f} s late")


def _cpu(centre: Centre) -> dict[str, float]:
    """Milliseconds a call by process, until all that the calls leave is there, in its final form."""
    wait_until(centre.finished, "the recordings are in their final form", FINISH_SECONDS)
    before, kept = centre.cpu_seconds(), centre.kept()
    centre.traffic.call(MODERATE_CALLS, MODERATE_RATE)
    if centre.settle(kept + MODERATE_CALLS) is None:
        raise RuntimeError(f"{centre.kept() - kept} of {MODERATE_CALLS} calls were recorded")
    wait_until(centre.finished, "the recordings are in their final form", FINISH_SECONDS)
    after = centre.cpu_seconds()
    return {name: (after[name] - before[name]) * 1000 / MODERATE_CALLS for name in after}


def highest(rates: tuple[int, ...], holds: Callable[[int], bool]) -> int:
    """The highest of these rates that holds, 0 for none, by halving."""
    low, high = -1, len(rates)
    while high - low > 1:
        middle = (low + high) // 2
        if holds(rates[middle]):
            low = middle
        else:
            high = middle
    return rates[low] if low >= 0 else 0
