"""Calls as Asterisk tells of them over AMI, at the pace at which they happen, to a real listener."""

from __future__ import annotations

import heapq
import random
import re
import sqlite3
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from hotline.asterisk.ami.parser import headers
from scripts.benchmarks._ami_stream import call_frames
from tests.support.fake_ami import Connection

#: Seconds after a call's beginning at which its recorded frames up to (without) this one are sent: the greeting, the
#: key, the queue; then the phone rings; then it is answered, and at last the caller hangs up.
STEPS = ((9, 0.0), (23, 0.9), (25, 1.0), (37, 3.0), (999, 6.0))
#: The frame of the phone's channel: with it the listener knows that it rings.
RINGS = 23
#: When the recorded call (as number 0) began, and how much quicker than it was it is played.
_RECORDED_BEGIN, _QUICKER = 1795400471.985806, 2.148


@dataclass
class Asterisk:
    """A manager that accepts whoever logs in, answers every question with nothing, and sends one session the calls."""

    events: Connection | None = None
    connected: threading.Event = field(default_factory=threading.Event)

    def serve(self, connection: Connection) -> None:
        login = connection.log_in()
        if login.get("Username", "").endswith("-events"):
            connection.send(b"Event: FullyBooted\r\nUptime: 100\r\n\r\n")
            self.events = connection
            self.connected.set()
        while action := connection.action():
            connection.reply(action, EventList="start")
            name, number = action.get("Action", ""), action.get("ActionID", "")
            connection.send(f"Event: {name}Complete\r\nActionID: {number}\r\nEventList: Complete\r\n\r\n".encode())


def linkedid(number: int) -> str:
    return f"lab-{1795400000 + number}.9"


def frames_of(number: int, extensions: Sequence[str], began: float) -> list[bytes]:
    """The recorded call as call `number`, begun at `began` (epoch), ringing at these phones; the first answers."""
    found = []
    for place, frame in enumerate(call_frames(number)):
        frame = re.sub(rb"Timestamp: ([0-9.]+)", lambda m: _moved(float(m[1]), number, began), frame)
        for again in extensions[1:] if place == RINGS else ():
            found.append(_at(frame, again).replace(b"UniqueID: lab-", b"UniqueID: lab-%s-" % again.encode()))
        found.append(_at(frame, extensions[0]))
    return found


def _at(frame: bytes, extension: str) -> bytes:
    return frame.replace(b"PJSIP/1001-", b"PJSIP/%s-" % extension.encode())


def _moved(recorded: float, number: int, began: float) -> bytes:
    return b"Timestamp: %.6f" % (began + (recorded - _RECORDED_BEGIN - number) / _QUICKER)


def send(
    asterisk: Asterisk, cel_file: Path, calls: range, rate: float, at_once: Sequence[Sequence[str]]
) -> dict[str, float]:
    """Send these calls, `rate` a second, each at its operators; when each rang (monotonic time, by Linkedid)."""
    assert asterisk.events is not None
    rang: dict[str, float] = {}
    rng = random.Random(10)  # else the steps of all calls would fall on the same moments
    starts = {number: place / rate + rng.uniform(0, 1 / rate) for place, number in enumerate(calls)}
    plan = [
        (begin + after, number, step) for number, begin in starts.items() for step, (_end, after) in enumerate(STEPS)
    ]
    heapq.heapify(plan)
    wall = time.time()
    made = {number: frames_of(number, at_once[number % len(at_once)], wall + begin) for number, begin in starts.items()}
    wall, clock = time.time(), time.monotonic()
    with closing(sqlite3.connect(cel_file, timeout=10)) as box:
        while plan:
            due, number, step = heapq.heappop(plan)
            time.sleep(max(0.0, clock + due - time.monotonic()))
            some = _step(made[number], step)
            if step == len(STEPS) - 1:
                write_rows(box, made[number])
            if STEPS[step][0] == RINGS + 2:
                rang[linkedid(number)] = time.monotonic()
            asterisk.events.send(b"".join(some))
    return rang


def _step(frames: list[bytes], step: int) -> list[bytes]:
    more = len(frames) - len(call_frames(0))  # phones that ring beside the one that answers

    def place(frame: int) -> int:
        return frame + more if frame > RINGS else frame

    begin = place(STEPS[step - 1][0]) if step else 0
    return frames[begin : place(STEPS[step][0])]


_COLUMNS = {
    "eventtype": "EventName",
    "eventtime": "Timestamp",
    "linkedid": "LinkedID",
    "uniqueid": "UniqueID",
    "cidnum": "CallerIDnum",
    "cidname": "CallerIDname",
    "exten": "Exten",
    "context": "Context",
    "channame": "Channel",
    "appname": "Application",
    "appdata": "AppData",
    "peer": "Peer",
    "eventextra": "Extra",
}
_INSERT = f"INSERT INTO cel ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"


def write_rows(box: sqlite3.Connection, frames: list[bytes]) -> None:
    """As Asterisk writes the call down, before it tells of its end."""
    found = (headers(f.replace(b"\r\n", b"\n").strip(b"\n")) for f in frames if f.startswith(b"Event: CEL"))
    with box:
        box.executemany(_INSERT, ([row[name] for name in _COLUMNS.values()] for row in found))
