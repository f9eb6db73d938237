"""What is pushed to the displays on the wall: the whole wall, each time that something on it has changed.

A display hangs there for weeks: each stream ends by itself after a while, and the browser connects anew. So no stream
outlives what its token or session allows, and nothing grows.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import monotonic

from flask import current_app

from hotline import __version__
from hotline.services.errors import StorageError
from hotline.services.floor import DayBook
from hotline.services.wall import Wall, wall
from hotline.web.api.floor import day_book
from hotline.web.context import WebContext, web
from hotline.web.display import display_of
from hotline.web.push.service import push

_BOARD = "hotline.wall"

#: Seconds: a figure on a wall need not move faster; a stream that says nothing for so long is taken for dead; a token
#: that was revoked shows nothing after so long; a stream is not longer than that.
EVERY, HEARTBEAT, LONGEST = 1.0, 10.0, 300.0


@dataclass
class Board:
    """The wall of now, composed once for all displays of this process and kept for a moment."""

    context: WebContext
    book: DayBook
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _shown: Wall | None = None
    _until: float = 0.0

    def now(self) -> Wall:
        """Raises StorageError."""
        with self._lock:
            if self._shown is None or monotonic() >= self._until:
                with self.context.storage.reading() as work:
                    self._shown = wall(work, self.context.settings, self.book, self.context.now())
                self._until = monotonic() + EVERY * 0.9
            return self._shown


def events(token: str) -> Iterator[bytes]:
    """Server-sent events: `wall` with the whole wall, `over` when the token is valid no more. Without a token (a
    session) the stream is just shorter than any session."""
    board = _board()
    began = spoken = monotonic()
    last = ""
    yield b"retry: 2000\n\n"
    while monotonic() - began < LONGEST:
        shown = _compose(board)
        mark = shown.model_dump_json(exclude={"now"}) if shown else last
        if shown and mark != last:
            last, spoken = mark, monotonic()
            yield f"event: wall\ndata: {shown.model_dump_json()}\n\n".encode()
        elif monotonic() - spoken >= HEARTBEAT:
            spoken = monotonic()
            if token and display_of(token) is None:
                yield b"event: over\ndata: {}\n\n"
                return
            yield f'event: alive\ndata: {{"now":"{web().now().isoformat()}"}}\n\n'.encode()
        if push().stopping.wait(EVERY):
            return


def version() -> str:
    """A display whose page is of another version loads itself anew."""
    return __version__


def _compose(board: Board) -> Wall | None:
    """None while the database is away: the display shows that it is cut off, and the stream goes on."""
    try:
        return board.now()
    except StorageError:
        return None


def _board() -> Board:
    return current_app.extensions.setdefault(_BOARD, Board(web(), day_book()))
