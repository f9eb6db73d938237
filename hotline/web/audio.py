"""A recording over HTTP: whole or by range (206, If-Range), HEAD too."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from flask import send_file
from werkzeug.wrappers import Response

from hotline.domain.records import RecordingEntry, RecordingState
from hotline.services.errors import NotFound

#: What `mimetypes` does not know, or knows by a name that browsers do not play.
_TYPES = {".wav": "audio/wav", ".flac": "audio/flac", ".opus": "audio/ogg", ".ogg": "audio/ogg", ".m4a": "audio/mp4"}


def locate(entry: RecordingEntry | None, store: Path) -> Path:
    """The recording's file below `store`. Raises NotFound: unknown, not ready, gone, or a path that leads out."""
    if entry is None or entry.state is not RecordingState.READY or not entry.path:
        raise NotFound("there is no such recording, or it is not ready yet")
    path = (store / entry.path).resolve()
    if not path.is_relative_to(store.resolve()) or not path.is_file():
        raise NotFound("the recording's file is not in the store")
    return path


def respond(entry: RecordingEntry | None, store: Path) -> Response:
    """Raises NotFound as `locate` does. The file's SHA-256 is its ETag, so that a range is never of another file."""
    path = locate(entry, store)
    assert entry is not None
    kind = _TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    response = send_file(path, mimetype=kind, conditional=True, etag=entry.sha256 or True,
                         download_name=f"{entry.linkedid}-{entry.kind}{path.suffix}")
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = "private, no-cache"
    return response
