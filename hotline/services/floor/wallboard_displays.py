"""Wallboard displays: each is opened by a link of its own, without anybody signed in at it."""

from __future__ import annotations

import hashlib
import logging
import secrets
from datetime import datetime, timedelta

from hotline.domain.errors import NotFound, Refused, StorageError
from hotline.domain.floor.floor import WallboardDisplay
from hotline.domain.text import one_line
from hotline.storage.audit import AuditLog
from hotline.storage.floor.store import WallboardDisplayStore
from hotline.storage.transaction import Storage

log = logging.getLogger(__name__)

_LONGEST_NAME = 40
_MOST = 50
#: How exactly it is kept when a display was seen last.
_SEEN_EVERY = timedelta(minutes=1)


def add_display(storage: Storage, name: str, by: str, now: datetime) -> tuple[WallboardDisplay, str]:
    """The display and its token, which is not kept and cannot be shown again. Raises Refused."""
    plain = one_line(name)
    if not 1 <= len(plain) <= _LONGEST_NAME:
        raise Refused("floor.display_name", most=_LONGEST_NAME, field="name")
    token = secrets.token_urlsafe(32)
    with storage.writing() as tx:
        known = WallboardDisplayStore(tx).all()
        if len(known) >= _MOST or any(display.name == plain for display in known):
            raise Refused("floor.display_there", display=plain, field="name")
        display = WallboardDisplayStore(tx).add(WallboardDisplay(plain, now, by), _hashed(token))
        AuditLog(tx).add(now, by, "display.add", f"display:{display.id}", plain)
    return display, token


def revoke_display(storage: Storage, display_id: int, by: str, now: datetime) -> None:
    """It shows nothing any more. Raises NotFound."""
    with storage.writing() as tx:
        if not WallboardDisplayStore(tx).revoke(display_id, by, now):
            raise NotFound("floor.no_display", id=display_id)
        AuditLog(tx).add(now, by, "display.revoke", f"display:{display_id}")


def displays(storage: Storage) -> list[WallboardDisplay]:
    """Those that are not revoked, by name."""
    with storage.reading() as tx:
        return WallboardDisplayStore(tx).all()


def known_display(storage: Storage, token: str, now: datetime) -> WallboardDisplay | None:
    """Whose token this is, if it is valid; notes that it was seen."""
    with storage.reading() as tx:
        display = WallboardDisplayStore(tx).find(_hashed(token))
    if display and display.id and (display.seen_at is None or now - display.seen_at >= _SEEN_EVERY):
        _note_seen(storage, display.id, now)
    return display


def _note_seen(storage: Storage, display_id: int, now: datetime) -> None:
    try:
        with storage.writing() as tx:
            WallboardDisplayStore(tx).seen(display_id, now)
    except StorageError as error:  # it may show the wall all the same
        log.warning("that a display was seen could not be noted: %s", error)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
