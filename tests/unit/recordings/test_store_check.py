"""`hotline check` proves the store of recordings, and says what is wrong with it."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.checks.store import check_store
from hotline.domain.errors import StoreUnavailable
from hotline.services.check import CheckResult, Level
from hotline.settings import Home, load_settings
from recordings.files import FolderFiles
from recordings.s3 import S3Files
from tests.support.rig import free_port
from tests.support.words import english
from tests.unit.recordings.test_s3_store import BUCKET, S3Server


def failed_step(found: CheckResult) -> object:
    assert found.detail.code == "recordings.store_step_failed"
    return found.detail.values["step"]


@pytest.fixture(scope="module")
def server() -> Iterator[S3Server]:
    server = S3Server(free_port())
    yield server
    server.kill()


def checked(folder: Path, store: str = "") -> CheckResult:
    home = Home(folder)
    home.create()
    home.settings_file.write_text(store, "utf-8")
    return check_store(load_settings(home, environment={}), home)


def s3(port: int, bucket: str = BUCKET) -> str:
    return (
        f'[store]\nurl = "s3://{bucket}/site"\nendpoint = "http://127.0.0.1:{port}"\nregion = "us-east-1"\n'
        'addressing = "path"\nkey = "key"\nsecret = "secret"\n'
    )


def test_a_folder_is_written_to_and_nothing_stays(tmp_path: Path) -> None:
    assert checked(tmp_path).level is Level.OK
    assert [file for file in Home(tmp_path).recordings.rglob("*") if file.is_file()] == []


def test_a_folder_that_cannot_be_written_has_its_words(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.create()
    shutil.rmtree(home.recordings)
    home.recordings.write_text("a file")
    found = check_store(load_settings(home, environment={}), home)
    assert found.level is Level.FAILED and failed_step(found) == "put"
    assert str(home.recordings) in english(found.advice)
    assert stat.S_ISREG(home.recordings.stat().st_mode)


def test_a_store_that_gives_back_something_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FolderFiles, "remove", lambda *_: False)
    assert failed_step(checked(tmp_path)) == "delete"


def test_s3_is_put_to_read_from_and_deleted_from(tmp_path: Path, server: S3Server) -> None:
    found = checked(tmp_path, s3(server.port))
    assert found.level is Level.OK and "read back" in english(found.detail) and server.held() == []


def test_a_wrong_bucket_is_named(tmp_path: Path, server: S3Server) -> None:
    found = checked(tmp_path, s3(server.port, "elsewhere"))
    assert found.level is Level.FAILED and "elsewhere" in english(found.detail) and "store.url" in english(found.advice)


def test_a_wrong_endpoint_is_named(tmp_path: Path) -> None:
    found = checked(tmp_path, s3(free_port()))
    assert found.level is Level.FAILED and "store.endpoint" in english(found.advice)


def test_a_wrong_key_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INITIAL_NO_AUTH_ACTION_COUNT", "1")  # making the bucket
    strict = S3Server(free_port())
    try:
        found = checked(tmp_path, s3(strict.port))
    finally:
        strict.kill()
    assert found.level is Level.FAILED and "store.key and store.secret" in english(found.advice)
    assert "secret" not in english(found.detail)


def test_a_key_that_may_not_delete(tmp_path: Path, server: S3Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> bool:
        raise StoreUnavailable("recordings.store_failed", why="AccessDenied")

    monkeypatch.setattr(S3Files, "remove", refused)
    found = checked(tmp_path, s3(server.port))
    assert failed_step(found) == "delete" and "store.key" in english(found.advice)
