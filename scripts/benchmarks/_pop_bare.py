"""The least that gunicorn with threads can push by: no database, no session, nothing to decide."""

from __future__ import annotations

import queue
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

_WAITING: dict[str, queue.SimpleQueue[bytes]] = defaultdict(queue.SimpleQueue)


def app(environ: dict[str, Any], start: Callable[[str, list[tuple[str, str]]], object]) -> Iterator[bytes]:
    """GET /<name> is that reader's stream; POST /<name> puts the body into it."""
    waiting = _WAITING[environ["PATH_INFO"]]
    if environ["REQUEST_METHOD"] == "POST":
        waiting.put(environ["wsgi.input"].read())
        start("204 No Content", [])
        return iter(())
    start("200 OK", [("Content-Type", "text/event-stream")])
    return _stream(waiting)


def _stream(waiting: queue.SimpleQueue[bytes]) -> Iterator[bytes]:
    yield b"event: hello\ndata: {}\n\n"
    while True:
        yield waiting.get()
