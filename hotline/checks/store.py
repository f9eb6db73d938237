"""Checks the recordings' store by writing a file, reading it back and removing it."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from hotline.domain.errors import StoreUnavailable
from hotline.domain.reasons import because
from hotline.services.check import CheckResult, failed, ok
from hotline.services.recordings.files import RecordingFiles
from hotline.settings import Home, Settings
from hotline.settings.store import Store

#: What botocore and s3fs say of a key that is unknown, wrong, or may not.
_KEYS = (
    "InvalidAccessKeyId",
    "SignatureDoesNotMatch",
    "AccessDenied",
    "Forbidden",
    "Access Key",
    "signature",
    "Unable to locate credentials",
)
_AWAY = ("Could not connect", "timeout", "timed out", "Connection was closed", "SSL", "resolve")


def check_store(settings: Settings, home: Home) -> CheckResult:
    """Where recordings are kept can be written to, read from and deleted from."""
    from recordings.files import FolderFiles  # what it imports is not needed by every check

    store = settings.store
    if not store.url:
        return _probed(FolderFiles(home.recordings), str(home.recordings), _folder_advice(home))
    from recordings.s3 import S3Files

    where = f"{store.url}{f' at {store.endpoint}' if store.endpoint else ''}"
    return _probed(S3Files(store), where, "", store)


def _probed(files: RecordingFiles, where: str, advice: str, store: Store | None = None) -> CheckResult:
    path, content = f"check/{secrets.token_hex(8)}", secrets.token_bytes(1000)
    steps: list[str] = []
    try:
        for step in _steps(files, path, content):
            steps.append(step)  # the last one is where it ended, if it did
    except FileNotFoundError:
        detail, advice = _no_bucket(store) if store else (f"{where}: what was written is not there", advice)
        return failed("store", detail, advice)
    except StoreUnavailable as error:
        with suppress(StoreUnavailable, FileNotFoundError):
            files.remove(path)
        advice = _advice(store, str(error.values.get("why", ""))) if store else advice
        return failed(
            "store", because("recordings.store_step_failed", where=where, step=steps[-1], why=error.reason), advice
        )
    return ok("store", f"{where}: written to, read back, removed from")


def _steps(files: RecordingFiles, path: str, content: bytes) -> Iterator[str]:
    """Each step is named before it is made."""
    yield "put"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "probe")
        source.write_bytes(content)
        files.put(source, path)
    yield "get"
    with files.open(path) as opened:
        if opened.file.read() != content:
            raise StoreUnavailable("recordings.store_other_content")
    yield "delete"
    if not files.remove(path):
        raise StoreUnavailable("recordings.store_lost_content")


def _no_bucket(store: Store) -> tuple[str, str]:
    bucket = store.url.removeprefix("s3://").split("/")[0]
    return (
        f"there is no bucket {bucket}{f' at {store.endpoint}' if store.endpoint else ''}",
        "make it, or mend store.url; the hotline makes no buckets",
    )


def _advice(store: Store, said: str) -> str:
    if any(word in said for word in _KEYS):
        return "check store.key and store.secret, and that this key may put, get, list and delete in the bucket"
    if any(word in said for word in _AWAY):
        return (
            "check store.endpoint, and that this machine reaches it"
            if store.endpoint
            else "check that this machine reaches Amazon's S3, or set store.endpoint"
        )
    return "check [store] in hotline.toml: url, endpoint, region, addressing"


def _folder_advice(home: Home) -> str:
    return f"{home.recordings} must be a folder that this user may write, on a disk with room"
