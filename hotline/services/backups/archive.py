"""One file a backup: a tar archive with a manifest of what is in it, there whole or not at all."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import os
import re
import tarfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from hotline.domain.backups.backup import FileSum, Manifest
from hotline.domain.errors import HotlineError, NotFound, Refused
from hotline.domain.time import SHANGHAI

MANIFEST, SEAL = "manifest.json", "manifest.mac"
SEALED = "sealed.bin"
#: What ours are called; nothing else in the folder is touched, shown or given out.
_NAME = re.compile(r"hotline-\d{8}-\d{6}(-[a-z0-9]{1,12})?\.tar\Z")
PARTS = ".part-"
_CHUNK = 1 << 20
#: A manifest is a line a table and file.
_MOST_MANIFEST = 20_000_000


@dataclass(frozen=True, slots=True)
class Stored:
    """A backup in the folder. `manifest` None: it cannot be read as one."""

    name: str
    size: int
    manifest: Manifest | None


def name_of(at: datetime, kind: str = "") -> str:
    """Of one that is made now. `kind`: what it is for, in a word."""
    return f"hotline-{at.astimezone(SHANGHAI):%Y%m%d-%H%M%S}{'-' if kind else ''}{kind}.tar"


def is_name(name: str) -> bool:
    return _NAME.match(name) is not None


def stored(folder: Path) -> list[Stored]:
    """Newest first."""
    names = sorted((each.name for each in folder.glob("hotline-*.tar") if is_name(each.name)), reverse=True)
    return [_stored(folder / name) for name in names]


def find(folder: Path, name: str) -> Path:
    """Raises NotFound for whatever is none of our backups."""
    if not is_name(name) or not (folder / name).is_file():
        raise NotFound("backups.gone", file=name[:80])
    return folder / name


def pack(
    target: Path, manifest: Callable[[Mapping[str, FileSum]], Manifest], files: Mapping[str, Path], key: bytes
) -> Manifest:
    """Write the archive, marked as ours by the key; it has its name once all of it is on the disk. Raises HotlineError
    when the disk refuses."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_name(f"{PARTS}{target.name}")
    try:
        made = manifest({name: file_sum(path) for name, path in files.items()})
        with part.open("wb") as written:
            part.chmod(0o600)
            with tarfile.open(fileobj=written, mode="w") as archive:
                told = json.dumps(made.as_json(), ensure_ascii=False).encode()
                _add(archive, MANIFEST, told)
                _add(archive, SEAL, _mark(told, key))
                for name, path in files.items():
                    archive.add(path, name, recursive=False, filter=_plain)
            written.flush()
            os.fsync(written.fileno())
        part.replace(target)
        _sync(target.parent)
    except OSError as error:
        raise HotlineError("backups.not_written", file=target.name, why=error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)
    return made


def read_manifest(file: Path) -> Manifest:
    """Raises Refused for what is no backup of a hotline."""
    try:
        return Manifest.from_json(json.loads(_heads(file)[0]))
    except (ValueError, RecursionError):
        raise Refused("backups.no_backup") from None


def is_ours(file: Path, key: bytes) -> bool:
    """Whether this hotline made it, and nobody changed it since: what a foreign dump does to a server, nobody knows
    before it is done. Raises Refused for what is no backup."""
    told, mark = _heads(file)
    return hmac.compare_digest(mark, _mark(told, key))


def unpack(file: Path, into: Path) -> Manifest:
    """Take out what the manifest names, each compared with its hash. Raises Refused for what is damaged, was changed or
    holds anything else."""
    manifest = read_manifest(file)
    try:
        with tarfile.open(file, "r:") as archive:
            members = {each.name: each for each in archive if each.name not in (MANIFEST, SEAL)}
            if set(members) != set(manifest.files) or not all(each.isreg() for each in members.values()):
                raise Refused("backups.other_files")
            for name, member in members.items():
                _take_out(archive, member, inside(into, name), manifest.files[name])
    except (tarfile.TarError, EOFError, ValueError):  # ValueError: figures of its heads that are none
        raise Refused("backups.damaged", file=file.name) from None
    except OSError as error:
        raise HotlineError("backups.not_written", file=file.name, why=error.strerror or str(error)) from error
    return manifest


def inside(folder: Path, name: str) -> Path:
    """Raises Refused for a name that leads out of the folder."""
    path = PurePosixPath(name)
    if path.is_absolute() or not path.parts or ".." in path.parts or "\0" in name:
        raise Refused("backups.other_files")
    return folder / path


def file_sum(file: Path) -> FileSum:
    with file.open("rb") as opened:
        return FileSum(os.fstat(opened.fileno()).st_size, hashlib.file_digest(opened, "sha256").hexdigest())


def _take_out(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path, expected: FileSum) -> None:
    content = archive.extractfile(member)
    if content is None or member.size != expected.size:
        raise Refused("backups.file_differs", file=member.name)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with target.open("xb") as written:
        target.chmod(0o600)
        while piece := content.read(_CHUNK):
            digest.update(piece)
            written.write(piece)
    if digest.hexdigest() != expected.sha256:
        raise Refused("backups.file_differs", file=member.name)


def _heads(file: Path) -> tuple[bytes, bytes]:
    """The manifest and its mark, the first two of each backup."""
    try:
        with tarfile.open(file, "r:") as archive:
            return _head(archive, MANIFEST), _head(archive, SEAL)
    except (tarfile.TarError, OSError, EOFError, ValueError):
        raise Refused("backups.no_backup") from None


def _head(archive: tarfile.TarFile, name: str) -> bytes:
    member = archive.next()
    content = archive.extractfile(member) if member and member.name == name and member.isreg() else None
    if member is None or content is None or member.size > _MOST_MANIFEST:
        raise Refused("backups.no_backup")
    return content.read()


def _mark(told: bytes, key: bytes) -> bytes:
    return hmac.new(key, told, "sha256").hexdigest().encode()


def _stored(file: Path) -> Stored:
    try:
        manifest = read_manifest(file)
    except Refused:
        manifest = None
    return Stored(file.name, file.stat().st_size, manifest)


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    archive.addfile(member, io.BytesIO(content))


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Nothing of this machine's users goes along."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
