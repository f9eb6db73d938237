"""Checks the recordings' store by writing a file, reading it back and removing it."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from hotline.domain.errors import StoreUnavailable
from hotline.domain.reasons import Reason, because
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
        folder = str(home.recordings)
        usable = because("checks.folder_writable", folder=folder)
        return _probed(FolderFiles(home.recordings), folder, (because("checks.written_and_gone", where=folder), usable))
    from recordings.s3 import S3Files

    where = f"{store.url} ({store.endpoint})" if store.endpoint else store.url
    gone = because("checks.no_bucket", bucket=where), because("checks.make_bucket")
    return _probed(S3Files(store), where, gone, store)


def _probed(files: RecordingFiles, where: str, gone: tuple[Reason, Reason], store: Store | None = None) -> CheckResult:
    """`gone`: what to say, and to advise, when what was written is not there."""
    path, content = f"check/{secrets.token_hex(8)}", secrets.token_bytes(1000)
    steps: list[str] = []
    try:
        for step in _steps(files, path, content):
            steps.append(step)  # the last one is where it ended, if it did
    except FileNotFoundError:
        return failed("store", *gone)
    except StoreUnavailable as error:
        with suppress(StoreUnavailable, FileNotFoundError):
            files.remove(path)
        failure = because("recordings.store_step_failed", where=where, step=steps[-1], why=error.reason)
        return failed("store", failure, _advice(store, str(error.values.get("why", ""))) if store else gone[1])
    return ok("store", because("checks.store_works", where=where))


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


def _advice(store: Store, told: str) -> Reason:
    """`told`: what the store's server said."""
    if any(word in told for word in _KEYS):
        return because("checks.see_store_keys")
    if any(word in told for word in _AWAY):
        return because("checks.see_store_endpoint") if store.endpoint else because("checks.see_store_network")
    return because("checks.see_store")
