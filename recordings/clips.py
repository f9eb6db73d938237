"""Parts cut out of kept recordings, made when they are asked for: what is deleted leaves no copy behind."""

from __future__ import annotations

import io
from collections import OrderedDict
from collections.abc import Collection
from threading import Lock

from hotline.domain.errors import NotFound
from hotline.domain.recordings.transcript import Side
from hotline.services.recordings.files import RecordingFiles
from recordings.conversion import decode, format_of
from recordings.sound import RATE, UnreadableSound, write_wav

#: A browser asks for a clip piece by piece: so many of the last ones are held, unless they are long.
_HELD = 4
_LONGEST_HELD_BYTES = 20_000_000


class FileClips:
    """Fulfils hotline.services.recordings.clips.Clips."""

    def __init__(self, files: RecordingFiles) -> None:
        self._files = files
        self._held: OrderedDict[tuple[object, ...], bytes] = OrderedDict()
        self._lock = Lock()

    def cut(self, path: str, start: float, end: float | None, silenced: Collection[Side]) -> bytes:
        key = (path, start, end, tuple(sorted(silenced)))
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        made = self._made(path, start, end, silenced)
        if len(made) <= _LONGEST_HELD_BYTES:
            with self._lock:
                self._held[key] = made
                while len(self._held) > _HELD:
                    self._held.popitem(last=False)
        return made

    def _made(self, path: str, start: float, end: float | None, silenced: Collection[Side]) -> bytes:
        try:
            with self._files.open(path) as opened:
                samples = decode(opened.file.read(), format_of(path))
        except FileNotFoundError:
            raise NotFound("recordings.file_gone") from None
        except UnreadableSound as error:
            raise NotFound("recordings.unreadable", why=error.reason) from error
        part = samples[round(start * RATE) : None if end is None else round(end * RATE)].copy()
        for side in silenced:
            if side < part.shape[1]:
                part[:, side] = 0
        out = io.BytesIO()
        write_wav(out, part)
        return out.getvalue()
