"""The recordings' store in an S3-compatible object store, through fsspec (s3fs)."""

from __future__ import annotations

import os
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

import s3fs
from botocore.exceptions import BotoCoreError

from hotline.domain.errors import StoreUnavailable
from hotline.services.recordings.files import OpenFile, StoredFile
from hotline.settings.store import Store
from recordings.files import digest, digest_of, inside
from recordings.store import PARTS

#: Read from the store at a time: a listener jumps about, and a piece of 1 MB is a minute of sound.
_BLOCK = 1 << 20
_CONNECT_SECONDS, _READ_SECONDS = 5, 30


class S3Files:
    """The recordings' files in S3. Connects when it is first used, in each process anew."""

    def __init__(self, settings: Store) -> None:
        self._settings = settings
        self._root = settings.url.removeprefix("s3://").rstrip("/")
        self._lock = threading.Lock()
        self._connected: tuple[int, s3fs.S3FileSystem] | None = None

    def put(self, source: Path, path: str) -> None:
        """As a draft first: what is torn on its way never gets the name."""
        final, draft = self._key(path), f"{self._root}/{PARTS}/{uuid.uuid4().hex}"
        wanted = digest(source)
        with self._told(path) as store:
            try:
                store.put_file(str(source), draft)
                store.copy(draft, final)
            finally:
                _remove_quietly(store, draft)
            with store.open(final, "rb", block_size=_BLOCK, cache_type="readahead") as stored:
                found = digest_of(cast(BinaryIO, stored))
            if found != wanted:
                store.rm_file(final)
                raise StoreUnavailable("recordings.reads_back_wrong", file=path)

    @contextmanager
    def open(self, path: str) -> Iterator[OpenFile]:
        with self._told(path) as store:
            file = store.open(self._key(path), "rb", block_size=_BLOCK, cache_type="readahead")
        with file:
            yield OpenFile(cast(BinaryIO, _Told(file, path)), file.size)

    def remove(self, path: str) -> bool:
        with self._told(path) as store:
            there: bool = store.exists(self._key(path))
            if there:
                store.rm_file(self._key(path))
            return there

    def walk(self, folder: str = "") -> Iterator[StoredFile]:
        start = self._key(folder) if folder else self._root
        with self._told(folder) as store:
            try:
                found = store.ls(start, detail=True)
            except FileNotFoundError:  # nothing is kept yet
                found = []
        for each in sorted(found, key=lambda info: str(info["name"])):
            path = str(each["name"]).removeprefix(f"{self._root}/")
            if path.startswith(".") or path in ("", folder):
                continue
            if each["type"] == "directory":
                yield from self.walk(path)
            else:
                yield StoredFile(path, int(each["size"] or 0))

    def lies_beside(self, folder: Path, path: str) -> bool:
        with self._told(path) as store:
            return bool(store.exists(self._key(path)))

    def sweep(self, before: datetime) -> int:
        swept = 0
        with self._told(PARTS) as store:
            folder = f"{self._root}/{PARTS}"
            for each in store.ls(folder, detail=True) if store.exists(folder) else ():
                if each.get("LastModified") and each["LastModified"] < before:
                    store.rm_file(each["name"])
                    swept += 1
        return swept

    def _key(self, path: str) -> str:
        return f"{self._root}/{inside(path)}"

    @contextmanager
    def _told(self, path: str) -> Iterator[s3fs.S3FileSystem]:
        """What the store says, as errors of ours."""
        with _as_ours(path):
            yield self._filesystem()

    def _filesystem(self) -> s3fs.S3FileSystem:
        with self._lock:
            if self._connected is None or self._connected[0] != os.getpid():
                self._connected = os.getpid(), self._connect()
            return self._connected[1]

    def _connect(self) -> s3fs.S3FileSystem:
        settings = self._settings
        told: dict[str, Any] = {"endpoint_url": settings.endpoint or None, "region_name": settings.region or None}
        return s3fs.S3FileSystem(
            key=settings.key or None,
            secret=settings.secret or None,
            use_listings_cache=False,
            skip_instance_cache=True,
            client_kwargs={name: value for name, value in told.items() if value},
            config_kwargs={
                "connect_timeout": _CONNECT_SECONDS,
                "read_timeout": _READ_SECONDS,
                "retries": {"max_attempts": 1},
                "s3": {"addressing_style": settings.addressing},
                # Not every compatible store knows the checksums that Amazon's has since 2025.
                "request_checksum_calculation": "when_required",
                "response_checksum_validation": "when_required",
            },
        )


class _Told:
    """A file of the store whose failures while it is read are errors of ours."""

    def __init__(self, file: Any, path: str) -> None:
        self._file, self._path = file, path

    def read(self, size: int = -1) -> bytes:
        with _as_ours(self._path):
            block: bytes = self._file.read(size)
            return block

    def seek(self, offset: int, whence: int = 0) -> int:
        place: int = self._file.seek(offset, whence)
        return place

    def tell(self) -> int:
        place: int = self._file.tell()
        return place

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        self._file.close()


@contextmanager
def _as_ours(path: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise FileNotFoundError(path) from None
    except (OSError, BotoCoreError) as error:  # also what s3fs makes of the store's refusals and of time that is up
        raise StoreUnavailable("recordings.store_failed", why=str(error)[:300] or type(error).__name__) from error


def _remove_quietly(store: s3fs.S3FileSystem, draft: str) -> None:
    """A draft that stays is swept away later; what went wrong before must be told, not this."""
    with suppress(OSError, BotoCoreError):
        store.rm_file(draft)
