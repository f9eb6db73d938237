"""Ready means: it answers as what it is. (Asterisk says "Ready" even when another program has its ports.)"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from ivr.names import Variable

#: Whether a service answers now. Never raises: refused, silent and wrong are all "not yet".
Probe = Callable[[], Awaitable[bool]]

ANSWER_SECONDS = 3.0
ASK_AGAIN_SECONDS = 0.2


async def until_ready(probe: Probe, seconds: float | None) -> bool:
    """Ask until the answer is yes or the time is over; None: for as long as it takes."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not await probe():
                await asyncio.sleep(ASK_AGAIN_SECONDS)
            return True
    return False


def speaks_http(host: str, port: int) -> Probe:
    """An HTTP server answers there, whatever the status."""
    request = f"HEAD / HTTP/1.0\r\nHost: {host}\r\n\r\n".encode()
    return lambda: _converse(host, port, request, b"HTTP/1.")


def booted(host: str, port: int, user: str, password: str) -> Probe:
    """Our Asterisk (it takes our password) has loaded everything (FullyBooted comes after the login)."""
    request = f"Action: Login\r\nUsername: {user}\r\nSecret: {password}\r\n\r\n".encode()
    return lambda: _converse(host, port, request, b"Event: FullyBooted")


def answers_as_ivr(host: str, port: int) -> Probe:
    """Our IVR listens there: asked for its script `check` it asks for one of our variables, as nobody else would."""
    request = f"agi_network: yes\nagi_network_script: check\nagi_request: agi://{host}/check\n\n".encode()
    return lambda: _converse(host, port, request, Variable.LINE.encode())


async def _converse(host: str, port: int, request: bytes, wanted: bytes) -> bool:
    """Connect, send, and read until the wanted words come."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                writer.write(request)
                said = b""
                while data := await reader.read(4096):
                    said += data
                    if wanted in said:
                        return True
                return False
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return False
