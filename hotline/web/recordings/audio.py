"""A recording over HTTP: whole or by range (206, If-Range), HEAD too; from any kind of store."""

from __future__ import annotations

import re
from contextlib import ExitStack
from pathlib import PurePosixPath

from flask import request, send_file
from werkzeug.wrappers import Response
from werkzeug.wsgi import FileWrapper

from hotline.domain.calls.ledger import StoredCall
from hotline.domain.errors import NotFound
from hotline.domain.people import OVERSEERS, Actor
from hotline.domain.recordings.recording import RecordingEntry, RecordingState
from hotline.domain.time import SHANGHAI
from hotline.services.access import require_may_hear
from hotline.services.examination.example_clips import clip_source
from hotline.services.recordings.clips import Clips
from hotline.services.recordings.files import OpenFile, RecordingFiles
from hotline.storage.calls.store import CallStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.transaction import Storage

_TYPES = {".wav": "audio/wav", ".flac": "audio/flac", ".opus": "audio/ogg", ".ogg": "audio/ogg", ".m4a": "audio/mp4"}
_BLOCK = 1 << 16

#: What no file name may hold, on any system, and what would turn its order round.
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\s\u200e\u200f\u202a-\u202e\u2066-\u2069]+')


def find(storage: Storage, recording_id: int) -> tuple[RecordingEntry, StoredCall | None]:
    """A recording that can be heard, with its call. Raises NotFound: unknown, or not ready."""
    with storage.reading() as tx:
        entry = RecordingStore(tx).by_id(recording_id) if recording_id < 2**31 else None
        if entry is None or entry.state is not RecordingState.READY or not entry.path:
            raise NotFound("recordings.not_ready")
        call_id = CallStore(tx).id_of(entry.node, entry.linkedid)
        return entry, CallStore(tx).by_id(call_id) if call_id is not None else None


def respond(storage: Storage, files: RecordingFiles, recording_id: int, who: Actor, download: bool = False) -> Response:
    """Raises Forbidden for who may not hear it, NotFound as `find` does and for a file that is gone, StoreUnavailable.

    The file's SHA-256 is its ETag, so that a range is never of another file.
    """
    require_may_hear(storage, recording_id, who)
    entry, call = find(storage, recording_id)
    whole = who.has_role(*OVERSEERS)
    try:
        return _sound(entry, call, files, download, whole)
    except FileNotFoundError:
        again, call = find(storage, recording_id)  # brought into its final form a moment ago?
        if again.path != entry.path:
            try:
                return _sound(again, call, files, download, whole)
            except FileNotFoundError:
                pass
        raise NotFound("recordings.file_gone") from None


def peaks(storage: Storage, files: RecordingFiles, recording_id: int, who: Actor) -> Response:
    """The outline of its waveform, as JSON. Raises Forbidden for who may not hear it, NotFound, also while it is not
    made yet; StoreUnavailable."""
    require_may_hear(storage, recording_id, who)
    entry, _call = find(storage, recording_id)
    try:
        with files.open(entry.peaks_path) as opened:
            response = Response(opened.file.read(), mimetype="application/json")
    except FileNotFoundError:
        raise NotFound("recordings.no_outline") from None
    response.set_etag(f"{entry.sha256}-peaks")
    response.headers["Cache-Control"] = "private, no-store"
    return response.make_conditional(request.environ)


def clip(storage: Storage, clips: Clips, example_id: int, who: Actor) -> Response:
    """The part that an example shows. Raises NotFound, Forbidden, StoreUnavailable."""
    with storage.reading() as tx:
        source = clip_source(tx, example_id, who)
    content = clips.cut(source.entry.path, source.start, source.end, source.silenced)
    response = Response(content, mimetype="audio/wav")
    response.headers["Cache-Control"] = "private, no-store"
    response.set_etag(f"{source.entry.sha256[:32]}-{source.start:g}-{source.end:g}-{len(source.silenced)}")
    return response.make_conditional(request.environ, accept_ranges=True, complete_length=len(content))


def file_name(entry: RecordingEntry, call: StoredCall | None, whole: bool = True) -> str:
    """Tells call and person: when, the caller's number (only if it may be seen `whole`, A14), who answered, the call's
    number in the ledger."""
    answered = call.call.answered_by if call else None
    parts = (
        f"{entry.started_at.astimezone(SHANGHAI):%Y%m%d-%H%M%S}",
        call.call.caller.number if call and whole else "",
        (answered.name or answered.id) if answered else "",
        entry.kind if entry.kind != "talk" else "",
        f"call{call.id}" if call else entry.linkedid,
    )
    plain = (_NOT_IN_NAMES.sub("-", part).strip("-.")[:60] for part in parts)
    return "_".join(part for part in plain if part) + PurePosixPath(entry.path).suffix.lower()


def _sound(
    entry: RecordingEntry, call: StoredCall | None, files: RecordingFiles, download: bool, whole: bool
) -> Response:
    with ExitStack() as until_sent:
        opened = until_sent.enter_context(files.open(entry.path))
        response = _conditional(entry, opened, file_name(entry, call, whole), download)
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
