"""A long AMI stream made of one recorded call, and a server that sends it as fast as it is taken."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from itertools import zip_longest
from multiprocessing.connection import Connection
from pathlib import Path

RECORDED = Path(__file__).parents[2] / "tests" / "fixtures" / "ami" / "queue_call.txt"

BANNER = b"Asterisk Call Manager/11.0.0\r\n"

#: Calls under way at once: their events come mixed, as on a busy line.
AT_ONCE = 30


def call_frames(number: int) -> list[bytes]:
    """The recorded call's events as of call `number`: own ids, channels and caller, a second later than the
    one before."""
    frames = [f + b"\r\n\r\n" for f in RECORDED.read_bytes().split(b"\r\n\r\n") if f.startswith(b"Event: ")]
    text = b"".join(frame for frame in frames if b"FullyBooted" not in frame)
    text = text.replace(b"PJSIP/carrier", b"PJSIP/trunk").replace(b"13912345678", b"139%08d" % number)
    text = re.sub(rb"lab-1795315471\.(\d+)", rb"lab-%d.\1" % (1795400000 + number), text)
    text = re.sub(rb"(PJSIP/[a-z0-9]+)-[0-9a-f]{8}", rb"\1-%08x" % number, text)
    text = re.sub(rb"Timestamp: (\d+)\.", lambda m: b"Timestamp: %d." % (int(m[1]) + 85000 + number), text)
    return [frame + b"\r\n\r\n" for frame in text.split(b"\r\n\r\n") if frame]


def stream(calls: int) -> bytes:
    """That many calls, `AT_ONCE` of them mixed at a time."""
    return b"".join(_mixed(calls))


def _mixed(calls: int) -> Iterator[bytes]:
    for first in range(0, calls, AT_ONCE):
        together = [call_frames(number) for number in range(first, min(first + AT_ONCE, calls))]
        for frames in zip_longest(*together):
            yield from (frame for frame in frames if frame)


def serve(calls: int, sessions: int, ready: Connection) -> None:
    """Serve the stream to each of so many sessions, one after the other, on a port that is sent through
    `ready`."""
    text = stream(calls)
    with socket.create_server(("127.0.0.1", 0)) as server:
        ready.send(server.getsockname()[1])
        for _ in range(sessions):
            connection, _address = server.accept()
            with connection:
                _serve_one(connection, text)


def _serve_one(connection: socket.socket, text: bytes) -> None:
    connection.sendall(BANNER)
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(4096)
    action = re.search(rb"ActionID: *([^\r\n]*)", received, re.IGNORECASE)
    answer = b"Response: Success\r\n" + (b"ActionID: " + action[1] + b"\r\n" if action else b"")
    connection.sendall(answer + b"Message: Authentication accepted\r\n\r\n")
    try:
        connection.sendall(text)
        while connection.recv(4096):
            pass  # pings and the logoff; until the client goes
    except OSError:
        return
