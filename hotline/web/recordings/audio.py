"""A recording over HTTP: whole or by range (206, If-Range), HEAD too; from any kind of store."""

from __future__ import annotations

import re
from contextlib import ExitStack
from pathlib import PurePosixPath

from flask import request, send_file
from werkzeug.wrappers import Response
from werkzeug.wsgi import FileWrapper

from hotline.domain.errors import NotFound
from hotline.domain.recordings.recording import RecordingEntry
from hotline.domain.time import SHANGHAI
from hotline.services.examination.example_clips import clip_source
from hotline.services.recordings import playable
from hotline.services.recordings.files import OpenFile
from hotline.services.recordings.playable import Playable
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web

_TYPES = {".wav": "audio/wav", ".flac": "audio/flac", ".opus": "audio/ogg", ".ogg": "audio/ogg", ".m4a": "audio/mp4"}
_BLOCK = 1 << 16

#: What no file name may hold, on any system, and what would turn its order round.
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\s\u200e\u200f\u202a-\u202e\u2066-\u2069]+')


def respond(recording_id: int, download: bool = False) -> Response:
    """Raises Forbidden for who may not hear it, NotFound as `playable.find` does and for a file that is gone,
    StoreUnavailable.

    The file's SHA-256 is its ETag, so that a range is never of another file.
    """
    found = _playable(recording_id)
    try:
        return _sound(found, download)
    except FileNotFoundError:
        again = _playable(recording_id)  # brought into its final form a moment ago?
        if again.entry.path != found.entry.path:
            try:
                return _sound(again, download)
            except FileNotFoundError:
                pass
        raise NotFound("recordings.file_gone") from None


def peaks(recording_id: int) -> Response:
    """The outline of its waveform, as JSON. Raises Forbidden for who may not hear it, NotFound, also while it is not
    made yet; StoreUnavailable."""
    entry = _playable(recording_id).entry
    try:
        with web().files.open(entry.peaks_path) as opened:
            response = Response(opened.file.read(), mimetype="application/json")
    except FileNotFoundError:
        raise NotFound("recordings.no_outline") from None
    response.set_etag(f"{entry.sha256}-peaks")
    response.headers["Cache-Control"] = "private, no-store"
    return response.make_conditional(request.environ)


def clip(example_id: int) -> Response:
    """The part that an example shows. Raises NotFound, Forbidden, StoreUnavailable."""
    context = web()
    source = clip_source(context.storage, example_id, actor())
    content = context.clips.cut(source.entry.path, source.start, source.end, source.silenced)
    response = Response(content, mimetype="audio/wav")
    response.headers["Cache-Control"] = "private, no-store"
    response.set_etag(f"{source.entry.sha256[:32]}-{source.start:g}-{source.end:g}-{len(source.silenced)}")
    return response.make_conditional(request.environ, accept_ranges=True, complete_length=len(content))


def _playable(recording_id: int) -> Playable:
    return playable.find(web().storage, recording_id, actor())


def file_name(found: Playable) -> str:
    """Tells call and person: when, the caller's number (only if it may be seen whole, A14), who answered, the call's
    number in the ledger."""
    entry, call = found.entry, found.call
    answered = call.call.answered_by if call else None
    parts = (
        f"{entry.started_at.astimezone(SHANGHAI):%Y%m%d-%H%M%S}",
        call.call.caller.number if call and found.caller_shown else "",
        (answered.name or answered.id) if answered else "",
        entry.kind if entry.kind != "talk" else "",
        f"call{call.id}" if call else entry.linkedid,
    )
    plain = (_NOT_IN_NAMES.sub("-", part).strip("-.")[:60] for part in parts)
    return "_".join(part for part in plain if part) + PurePosixPath(entry.path).suffix.lower()


def _sound(found: Playable, download: bool) -> Response:
    with ExitStack() as until_sent:
        opened = until_sent.enter_context(web().files.open(found.entry.path))
        response = _conditional(found.entry, opened, file_name(found), download)
        response.call_on_close(until_sent.pop_all().close)
    return response


def _conditional(entry: RecordingEntry, opened: OpenFile, name: str, download: bool) -> Response:
    kind = _TYPES.get(PurePosixPath(entry.path).suffix.lower(), "application/octet-stream")
    response = send_file(opened.file, mimetype=kind, as_attachment=download, download_name=name, etag=False)
    # Not the server's own wrapper: it cannot seek, and would read all that lies before a range.
    response.response = FileWrapper(opened.file, _BLOCK)
    response.direct_passthrough = False  # else nobody would close what was opened
    response.content_length = opened.size_bytes
    response.headers["Cache-Control"] = "private, no-store"
    if entry.sha256:
        response.set_etag(entry.sha256)
    response.make_conditional(request.environ, accept_ranges=True, complete_length=opened.size_bytes)
    return response
