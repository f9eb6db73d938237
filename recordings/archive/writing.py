"""Writing discs: each image aside first, its recordings proven while they are read, then named and registered."""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from hotline.domain.errors import Refused
from hotline.domain.reasons import Reason, Unfit
from hotline.domain.retention.archive import CAPACITY, Disc, DiscItem, Medium, ToArchive, label_of, path_on_disc, plan
from hotline.domain.time import Clock
from hotline.services.recordings.files import RecordingFiles
from hotline.services.shown import caller_shown, line_number
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.retention.discs import DiscStore
from hotline.storage.transaction import Storage, Transaction
from recordings.archive import book, sealing
from recordings.archive.image import FIXED_BYTES, ImageWriter, room
from recordings.archive.proven import LeftOut, proven
from recordings.archive.source import Source
from recordings.files import digest
from recordings.store import sync_folder

log = logging.getLogger(__name__)

SUMS = "SHA256SUMS"
README = "README.txt"
#: Appended to the name of an image that is being written.
PART = ".part"
#: A line in the indexes and sums of one recording, at most.
_LINES_BYTES = 2_500
Step = Callable[[int], object]


@dataclass(frozen=True)
class DiscOrder:
    """What discs are to be made: of `medium` (`capacity` bytes each), into folder `out`, sealed with `key` if given.
    `whole_numbers`: the index names callers by their whole numbers."""

    medium: Medium
    out: Path
    who: str
    key: bytes | None = None
    capacity: int = 0
    whole_numbers: bool = False

    @property
    def bytes_a_disc(self) -> int:
        return self.capacity or CAPACITY[self.medium]


class DiscWriter:
    """Writes discs of one site's store."""

    def __init__(self, storage: Storage, files: RecordingFiles, settings: Settings, clock: Clock) -> None:
        self._storage, self._files, self._settings, self._clock = storage, files, settings, clock

    def write(
        self, found: Sequence[ToArchive], number: int, order: DiscOrder, step: Step, broken: list[LeftOut]
    ) -> Iterator[Disc]:
        """Each disc once it is whole and registered; `step` is told of bytes written. What could not be archived is
        added to `broken`. Raises Refused (no room, a second one at work), StoreUnavailable."""
        with _alone(order.out):
            try:
                discs = list(plan(found, order.bytes_a_disc - FIXED_BYTES, lambda one: _cost(one, order)))
            except Unfit as error:
                raise Refused.of(error.reason) from None
            for recordings in discs:
                disc = self._disc(recordings, number, order, step, broken)
                if disc is not None:
                    yield disc
                    number += 1

    def _disc(
        self, recordings: list[ToArchive], number: int, order: DiscOrder, step: Step, broken: list[LeftOut]
    ) -> Disc | None:
        """None when none of them is sound. One that is not is found while the image is written, which is then begun
        anew without it: nothing is read twice as long as all is well."""
        while recordings:
            image = _Image(label_of(number, recordings[0].started_at), recordings, order, self._clock())
            found = self._try(image, step)
            if isinstance(found, Disc):
                return found
            broken += found
            gone = {one.recording.recording_id for one in found}
            recordings = [one for one in recordings if one.recording_id not in gone]
        return None

    def _try(self, image: _Image, step: Step) -> Disc | list[LeftOut]:
        part = image.target.with_name(image.target.name + PART)
        image.require_space()
        try:
            with part.open("wb") as opened:
                broken = self._fill(image, opened, step)
                opened.flush()
                os.fsync(opened.fileno())
            if broken:
                return broken
            return self._register(image, part)
        except OSError as error:
            raise Refused("retention.not_written", file=str(image.target), why=error.strerror or str(error)) from error
        finally:
            part.unlink(missing_ok=True)

    def _fill(self, image: _Image, target: BinaryIO, step: Step) -> list[LeftOut]:
        broken: list[LeftOut] = []
        sources = {image.disc_path(one): image.source(one, self._files, broken) for one in image.recordings}
        for path, content in self._book(image).items():
            sources[path] = image.sealed(path, len(content), partial(iter, [content]))
        readme = book.readme(image.cover(self._settings))
        sources[README] = Source(len(readme), lambda: iter([readme]))
        sums = Source(sum(len(_sum_line("", path)) + 64 for path in sources), lambda: iter(()))
        writer = ImageWriter(image.label, udf=image.order.medium is not Medium.CD)
        try:
            for path, source in {**sources, SUMS: sums}.items():
                writer.add(path, source)
            writer.write(target, step)
            # The sums are known only now, their place and length were before.
            target.seek(writer.offset(SUMS))
            target.write(b"".join(_sum_line(source.digest, path) for path, source in sorted(sources.items())))
        finally:
            writer.close()
        return broken

    def _book(self, image: _Image) -> dict[str, bytes]:
        with self._storage.reading() as tx:
            lines = [self._line(tx, one, image) for one in image.recordings]
        end = sealing.SUFFIX if image.order.key else ""
        cover = image.cover(self._settings)
        return {f"index.html{end}": book.index_html(cover, lines), f"index.csv{end}": book.index_csv(lines)}

    def _line(self, tx: Transaction, one: ToArchive, image: _Image) -> book.IndexLine:
        call = CallStore(tx).get(one.node, one.linkedid)
        number = caller_shown(call.caller, image.order.whole_numbers) if call else ""
        operator = (call.answered_by.name or call.answered_by.id) if call and call.answered_by else ""
        line = line_number(self._settings, call.line) if call else ""
        return book.IndexLine(
            one.started_at, number, operator, line, one.kind, one.seconds, path_on_disc(one), one.linkedid, one.sha256
        )

    def _register(self, image: _Image, part: Path) -> Disc:
        """The name and the row together: the image gets its name only where the row is about to be committed."""
        size, order = part.stat().st_size, image.order
        if size > order.bytes_a_disc:
            raise Refused("retention.image_too_large", bytes=size, most=order.bytes_a_disc)
        disc = Disc(
            image.label,
            order.medium,
            image.since,
            image.until,
            str(image.target),
            size,
            digest(part),
            order.key is not None,
            image.at,
            order.who,
            recordings=len(image.recordings),
        )
        with self._storage.writing() as tx:
            DiscStore(tx).add(
                disc, [DiscItem(one.recording_id, image.disc_path(one), one.sha256) for one in image.recordings]
            )
            told = f"{len(image.recordings)} recordings, {size} bytes{', sealed' if order.key else ''}"
            AuditLog(tx).add(image.at, order.who, "archive.create", f"disc:{image.label}", told)
            part.replace(image.target)
            sync_folder(image.target.parent)
        return disc


class _Image:
    """One disc that is about to be written."""

    def __init__(self, label: str, recordings: list[ToArchive], order: DiscOrder, at: datetime) -> None:
        self.label, self.recordings, self.order, self.at = label, recordings, order, at
        self.target = order.out / f"{label}.iso"
        self.since = min(one.started_at for one in recordings)
        self.until = max(one.started_at for one in recordings)

    def cover(self, settings: Settings) -> book.Cover:
        return book.Cover(
            self.label,
            settings.site.company,
            settings.site.node,
            self.since,
            self.until,
            self.at,
            len(self.recordings),
            self.order.key is not None,
        )

    def require_space(self) -> None:
        wanted = FIXED_BYTES + sum(_cost(one, self.order) for one in self.recordings)
        free = shutil.disk_usage(self.order.out).free
        if free < wanted:
            raise Refused(
                "retention.no_room", folder=str(self.order.out), free=free // 1_000_000, needed=wanted // 1_000_000
            )

    def disc_path(self, one: ToArchive) -> str:
        return path_on_disc(one) + (sealing.SUFFIX if self.order.key else "")

    def source(self, one: ToArchive, files: RecordingFiles, broken: list[LeftOut]) -> Source:
        def tell(problem: Reason) -> None:
            log.warning("recording %s is not archived: %s", one.path, problem)
            broken.append(LeftOut(one, problem))

        return self.sealed(self.disc_path(one), one.size_bytes, lambda: proven(one, files, tell))

    def sealed(self, path: str, size: int, blocks: Callable[[], Iterator[bytes]]) -> Source:
        key = self.order.key
        if key is None:
            return Source(size, blocks)
        salt = sealing.new_salt()
        return Source(sealing.sealed_size(size), lambda: sealing.seal(key, salt, path, blocks()))


def _cost(one: ToArchive, order: DiscOrder) -> int:
    size = sealing.sealed_size(one.size_bytes) if order.key else one.size_bytes
    return room(size) + _LINES_BYTES


def _sum_line(digest: str, path: str) -> bytes:
    """As sha256sum reads it."""
    return f"{digest}  {path}\n".encode()


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Two at once would write the same recordings twice; what a crash left is removed."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock = (out / ".lock").open("w")
    except OSError as error:
        raise Refused("retention.not_written", file=str(out), why=str(error.strerror)) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused("retention.folder_in_use", folder=str(out)) from None
        for part in out.glob(f"*.iso{PART}"):
            part.unlink()
        yield
