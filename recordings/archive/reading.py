"""Reading discs back: every file against the disc's own sums and the register."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from hotline.domain.errors import NotFound
from hotline.domain.reasons import Reason, because, broken
from hotline.domain.retention.archive import Disc, DiscItem
from hotline.services.retention.archive import find_disc
from hotline.storage.transaction import Storage
from recordings.archive import sealing
from recordings.archive.image import ImageReader, NotAnImage, open_image, size_of
from recordings.archive.writing import README, SUMS

_BLOCK = 1 << 20
_SUM = re.compile(r"([0-9a-f]{64})  (\S.*)")


class FaultKind(StrEnum):
    NO_IMAGE = "no_image"  # not a disc image, or its directories are damaged
    FOREIGN = "foreign"  # no disc of this archive
    NOT_REGISTERED = "not_registered"  # one of an archive, but not in this register
    TRUNCATED = "truncated"
    CHANGED = "changed"  # a file is not what was written
    MISSING = "missing"  # a file that should be there
    EXTRA = "extra"  # a file that nobody wrote
    OTHER_CONTENT = "other_content"  # sound in itself, but not what the register has
    WRONG_KEY = "wrong_key"


@dataclass(frozen=True, slots=True)
class DiscFault:
    kind: FaultKind
    where: str
    words: Reason


@dataclass
class DiscReport:
    """`opened`: sealed files were opened with the key and compared with the register too."""

    label: str = ""
    files: int = 0
    sealed: bool = False
    opened: bool = False
    faults: list[DiscFault] = field(default_factory=list)

    def tell(self, kind: FaultKind, where: str, words: Reason) -> None:
        self.faults.append(DiscFault(kind, where, words))


def image_of(storage: Storage, named: str) -> Path:
    """The image that a file, a drive or a label of the register means. Raises NotFound."""
    if (file := Path(named)).exists():
        return file
    disc, _items = find_disc(storage, named)
    if not Path(disc.file).exists():
        raise NotFound("retention.image_gone", disc=str(named), file=str(disc.file))
    return Path(disc.file)


def label_of(image: Path) -> str:
    """Raises NotAnImage, OSError."""
    with open_image(image) as reader:
        return reader.label


def verify(storage: Storage, image: Path, key: bytes | None, step: Callable[[int], object]) -> DiscReport:
    """Reads the whole image; `step` is told of bytes read. Raises OSError when it cannot be read at all."""
    report = DiscReport()
    try:
        with open_image(image) as reader:
            report.label = reader.label
            _verify(storage, reader, image, key, report, step)
    except NotAnImage as error:
        cut_off = because("retention.image_cut_off", why=error.reason)
        report.tell(FaultKind.NO_IMAGE, str(image), cut_off if size_of(image) else because("retention.image_empty"))
    return report


def _verify(
    storage: Storage,
    reader: ImageReader,
    image: Path,
    key: bytes | None,
    report: DiscReport,
    step: Callable[[int], object],
) -> None:
    if not _is_ours(reader):
        report.tell(FaultKind.FOREIGN, str(image), because("retention.foreign_disc", label=report.label))
        return
    try:
        disc, items = find_disc(storage, report.label)
    except NotFound:
        report.tell(FaultKind.NOT_REGISTERED, report.label, because("retention.disc_not_registered"))
        disc, items = None, []
    if disc and (size := size_of(image)) < disc.size_bytes:
        cut_off = because("retention.image_of_size", bytes=size, written=disc.size_bytes)
        report.tell(FaultKind.TRUNCATED, str(image), cut_off)
    sums = _sums(reader)
    report.sealed = any(path.endswith(sealing.SUFFIX) for path in sums)
    for path in sorted(set(reader.paths()) - set(sums) - {SUMS}):
        report.tell(FaultKind.EXTRA, path, because("retention.nobody_wrote"))
    bad = {path for path, expected in sums.items() if not _as_written(reader, path, expected, report, step)}
    if disc:
        _against_register(reader, items, sums, bad, key, report)
        if not report.faults:
            _whole(image, disc, report, step)


def open_all(image: Path, key: bytes | None, target: Path, step: Callable[[int], object]) -> int:
    """Copy a disc into an empty folder, opening what is sealed; how many files. Raises Refused kinds, OSError."""
    written = 0
    with open_image(image) as reader:
        for path in reader.paths():
            name = path.removesuffix(sealing.SUFFIX) if key else path
            out = target / name
            if not out.resolve().is_relative_to(target.resolve()):
                raise NotAnImage("retention.path_leads_out", path=str(path))
            out.parent.mkdir(parents=True, exist_ok=True)
            with out.open("xb") as opened:
                for block in content(reader, path, key if name != path else None):
                    opened.write(block)
                    step(len(block))
            written += 1
    return written


def content(reader: ImageReader, path: str, key: bytes | None) -> Iterator[bytes]:
    """A file's bytes, opened with the key if there is one. Raises FileNotFoundError, WrongKey, Damaged."""
    with reader.open(path) as file:
        if key is not None:
            yield from sealing.unseal(key, path, file)
            return
        while block := file.read(_BLOCK):
            yield block


def _is_ours(reader: ImageReader) -> bool:
    try:
        with reader.open(README) as file:
            return f"hotline archive {reader.label}".encode() in file.read(200)
    except (FileNotFoundError, NotAnImage):
        return False


def _sums(reader: ImageReader) -> dict[str, str]:
    try:
        lines = reader.read(SUMS).decode("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return {}
    return {found[2]: found[1] for line in lines if (found := _SUM.fullmatch(line))}


def _as_written(
    reader: ImageReader, path: str, expected: str, report: DiscReport, step: Callable[[int], object]
) -> bool:
    report.files += 1
    digest = hashlib.sha256()
    try:
        for block in content(reader, path, None):
            digest.update(block)
            step(len(block))
    except FileNotFoundError:
        report.tell(FaultKind.MISSING, path, because("retention.not_on_this_disc", expected=expected))
        return False
    except (NotAnImage, OSError) as error:
        report.tell(FaultKind.CHANGED, path, because("recordings.unreadable", why=broken(error)))
        return False
    if digest.hexdigest() != expected:
        differs = because("retention.read_otherwise", expected=expected, found=digest.hexdigest())
        report.tell(FaultKind.CHANGED, path, differs)
        return False
    return True


def _against_register(
    reader: ImageReader,
    items: list[DiscItem],
    sums: dict[str, str],
    bad: set[str],
    key: bytes | None,
    report: DiscReport,
) -> None:
    for item in items:
        if item.path in bad:
            continue
        if item.path not in sums:
            report.tell(FaultKind.MISSING, item.path, because("retention.not_in_sums"))
            continue
        if not report.sealed:
            found = sums[item.path]
        elif key is None:
            continue
        else:
            try:
                found = _digest(content(reader, item.path, key))
                report.opened = True
            except sealing.WrongKey:
                report.tell(FaultKind.WRONG_KEY, str(report.label), because("retention.key_of_another"))
                return
            except sealing.Damaged as error:
                report.tell(FaultKind.CHANGED, item.path, error.reason)
                continue
        if found != item.sha256:
            other = because("retention.registered_otherwise", expected=item.sha256, found=found)
            report.tell(FaultKind.OTHER_CONTENT, item.path, other)


def _whole(image: Path, disc: Disc, report: DiscReport, step: Callable[[int], object]) -> None:
    """Of a disc in a drive only as much as was written: a burner may fill up the last track."""
    digest, left = hashlib.sha256(), disc.size_bytes
    with image.open("rb") as opened:
        while left and (block := opened.read(min(_BLOCK, left))):
            digest.update(block)
            left -= len(block)
            step(len(block))
    if digest.hexdigest() != disc.sha256:
        differs = because("retention.image_differs", expected=disc.sha256, found=digest.hexdigest())
        report.tell(FaultKind.CHANGED, disc.label, differs)


def _digest(blocks: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for block in blocks:
        digest.update(block)
    return digest.hexdigest()
