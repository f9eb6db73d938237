"""Each playback once in the audit log (F8), however many pieces a browser asks for."""

from __future__ import annotations

from flask import g, session

from hotline.services.recordings.playable import note_playback
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web

#: Within so many seconds it is the same playback.
_SAME_SECONDS = 300


def note(action: str, object: str, detail: str = "") -> None:
    """The last one is remembered in the session; of a program each request is one."""
    context = web()
    now = int(context.now().timestamp())
    last, last_at = session.get("played", (None, 0)) if "api_token" not in g else (None, 0)
    if last == object and now - last_at <= _SAME_SECONDS:
        return
    note_playback(context.storage, actor(), context.now(), action, object, detail)
    if "api_token" not in g:
        session["played"] = (object, now)
