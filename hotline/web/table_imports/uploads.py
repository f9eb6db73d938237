"""Uploaded files that are not yet imported: in memory for a while, for that person alone.

They hold names and numbers of many people, so they never reach a disk, and end with the process.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from flask import Flask, current_app

#: The largest file that is taken.
MOST_BYTES = 8 * 1024 * 1024
#: As long as it takes to look at a table and ask a colleague.
KEPT = timedelta(minutes=30)
#: Of one person, and of all: the oldest go first, so that memory is bounded.
MOST_OF_ONE, MOST_OF_ALL = 3, 12

_KEY = "hotline_uploads"


@dataclass(frozen=True, slots=True)
class Upload:
    """`owner`: who sent it. `kind`: what it is to become."""

    owner: str
    kind: str
    name: str
    content: bytes
    at: datetime


class Uploads:
    """What is kept at the moment, oldest first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Upload] = OrderedDict()
        self._lock = Lock()

    def keep(self, upload: Upload) -> str:
        """The name by which it is found again; nobody can guess it."""
        token = secrets.token_urlsafe(16)
        with self._lock:
            self._forget_old(upload.at)
            own = [each for each, known in self._kept.items() if known.owner == upload.owner]
            for each in own[: max(len(own) - MOST_OF_ONE + 1, 0)]:
                del self._kept[each]
            while len(self._kept) >= MOST_OF_ALL:
                self._kept.popitem(last=False)
            self._kept[token] = upload
        return token

    def of(self, token: str, owner: str, kind: str, now: datetime) -> Upload | None:
        """None for what is not kept any more, or is somebody else's."""
        with self._lock:
            self._forget_old(now)
            found = self._kept.get(token)
        return found if found and (found.owner, found.kind) == (owner, kind) else None

    def taken(self, token: str, owner: str, kind: str, now: datetime) -> Upload | None:
        """The same, and it is kept no more: of two who come at once, one has it."""
        found = self.of(token, owner, kind, now)
        if found is None:
            return None
        with self._lock:
            return self._kept.pop(token, None)

    def forget(self, token: str) -> None:
        with self._lock:
            self._kept.pop(token, None)

    def _forget_old(self, now: datetime) -> None:
        for token in [each for each, known in self._kept.items() if now - known.at >= KEPT]:
            del self._kept[token]


def install(app: Flask) -> None:
    app.extensions[_KEY] = Uploads()


def uploads() -> Uploads:
    """Those of the application that handles this request."""
    uploads: Uploads = current_app.extensions[_KEY]
    return uploads
