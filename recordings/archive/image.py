"""Disc images: ISO 9660 with Rock Ridge and Joliet, on DVD and BD with UDF beside them; written and read by pycdlib."""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from pycdlib import PyCdlib
from pycdlib.pycdlibexception import PyCdlibException

from hotline.domain.errors import Refused
from recordings.archive.source import Source

SECTOR = 2048
#: Of the image itself: descriptors, path tables, directories of a few years.
FIXED_BYTES = 3_000_000
_BLOCK = 1 << 18
#: What pycdlib lets through for a damaged image.
_DAMAGE = (PyCdlibException, struct.error, IndexError, KeyError, ValueError, UnicodeDecodeError, RecursionError)


class NotAnImage(Refused):
    """No disc image, or one whose directories are damaged."""


def room(size: int) -> int:
    """Bytes that a file takes of a disc at most: whole sectors, its UDF entry, its place in three directories."""
    return -(-size // SECTOR) * SECTOR + 2 * SECTOR


class ImageWriter:
    """`add` all files, then `write`; sources are read then, in one go."""

    def __init__(self, label: str, udf: bool) -> None:
        self._udf = udf
        self._iso = PyCdlib()
        self._iso.new(interchange_level=3, joliet=3, rock_ridge="1.09", vol_ident=label, udf="2.60" if udf else None)
        self._folders: dict[str, str] = {"": ""}
        self._names = 0
        self._places: dict[str, str] = {}

    def add(self, path: str, source: Source) -> None:
        folder = self._folder(PurePosixPath(path).parent)
        self._places[path] = f"{folder}/{self._short('F')}.;1"
        self._iso.add_fp(
            cast(BinaryIO, source),
            source.size,
            self._places[path],
            rr_name=PurePosixPath(path).name,
            **self._names_of(path),
        )

    def write(self, target: BinaryIO, step: Callable[[int], object]) -> None:
        """`step` is told the bytes written since it was called last. Raises OSError."""
        done = 0

        def tell(so_far: int, _total: int, _opaque: object) -> None:
            nonlocal done
            step(so_far - done)
            done = so_far

        self._iso.write_fp(target, _BLOCK, progress_cb=tell)

    def offset(self, path: str) -> int:
        """Where the file's bytes begin in the image. Known after `write`."""
        return self._iso.get_record(iso_path=self._places[path]).extent_location() * SECTOR

    def close(self) -> None:
        self._iso.close()

    def _folder(self, folder: PurePosixPath) -> str:
        key = "" if str(folder) == "." else str(folder)
        if key not in self._folders:
            made = f"{self._folder(folder.parent)}/{self._short('D')}"
            self._iso.add_directory(made, rr_name=folder.name, **self._names_of(key))
            self._folders[key] = made
        return self._folders[key]

    def _short(self, letter: str) -> str:
        """Names of plain ISO 9660, which nobody sees who knows one of the other three."""
        self._names += 1
        return f"{letter}{self._names:07d}"

    def _names_of(self, path: str) -> dict[str, Any]:
        return {"joliet_path": f"/{path}", **({"udf_path": f"/{path}"} if self._udf else {})}


class ImageReader:
    """The files of an image, or of a drive with a disc in it."""

    def __init__(self, iso: PyCdlib) -> None:
        self._iso = iso

    @property
    def label(self) -> str:
        label: bytes = self._iso.pvd.volume_identifier
        return label.decode("ascii", "replace").strip()

    def paths(self) -> list[str]:
        """Of all files."""
        with _damage_told():
            return [
                str(PurePosixPath(folder) / name).lstrip("/")
                for folder, _folders, names in self._iso.walk(joliet_path="/")
                for name in names
            ]

    @contextmanager
    def open(self, path: str) -> Iterator[BinaryIO]:
        """Raises FileNotFoundError, NotAnImage."""
        try:
            opened = self._iso.open_file_from_iso(joliet_path=f"/{path}")
        except PyCdlibException:
            raise FileNotFoundError(path) from None
        with opened as file, _damage_told():
            yield cast(BinaryIO, _Filling(cast(BinaryIO, file)))

    def read(self, path: str) -> bytes:
        with self.open(path) as file:
            return file.read()


class _Filling:
    """Gives as many bytes as it is asked for, unless the file ends."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        if size < 0:
            return self._file.read()
        given = io.BytesIO()
        while given.tell() < size and (block := self._file.read(size - given.tell())):
            given.write(block)
        return given.getvalue()


@contextmanager
def open_image(file: Path) -> Iterator[ImageReader]:
    """Raises NotAnImage; OSError when the file cannot be read."""
    iso = PyCdlib()
    with file.open("rb") as opened:
        with _damage_told():
            iso.open_fp(opened)
        try:
            yield ImageReader(iso)
        finally:
            iso.close()


def size_of(file: Path) -> int:
    """Bytes of a file or of the disc in a drive. Raises OSError."""
    with file.open("rb") as opened:
        return opened.seek(0, os.SEEK_END)


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise NotAnImage("retention.no_image", why=str(error)[:120]) from None
