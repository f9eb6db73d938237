"""The store in S3: over real HTTP, and with the store dying in the middle of it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import numpy as np
import pytest

from hotline.domain.errors import StoreUnavailable
from hotline.domain.people import Role
from hotline.settings.store import Store
from recordings import finalising
from recordings.files import FolderFiles, digest
from recordings.making import FilesInForce, HereAndAway, make_files
from recordings.s3 import S3Files
from tests.support.recording_site import RecordingSite, expected_sound
from tests.support.rig import free_port, wait_until
from tests.support.web import a_web

BUCKET = "kept"


class S3Server:
    """moto's server as a process of its own; what it holds is lost when it is killed."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(self._answers, "the S3 server answers", 60)
        self.client().create_bucket(Bucket=BUCKET)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def client(self) -> Any:  # boto3 has no types
        return boto3.client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{self.port}",
            region_name="us-east-1",
            aws_access_key_id="key",
            aws_secret_access_key="secret",
        )

    def held(self) -> list[str]:
        listed = self.client().list_objects_v2(Bucket=BUCKET)
        return sorted(each["Key"] for each in listed.get("Contents", ()))

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False


@pytest.fixture(scope="module")
def running() -> Iterator[S3Server]:
    server = S3Server(free_port())
    yield server
    server.kill()


@pytest.fixture
def server(running: S3Server) -> S3Server:
    """With an empty bucket; started again if a test killed it."""
    if running.process.poll() is not None:
        running.start()
    for key in running.held():
        running.client().delete_object(Bucket=BUCKET, Key=key)
    return running


def settings_of(port: int) -> Store:
    return Store(
        url=f"s3://{BUCKET}/main/site",
        endpoint=f"http://127.0.0.1:{port}",
        region="us-east-1",
        addressing="path",
        key="key",
        secret="secret",
    )


def test_another_store_that_is_decided_is_used_from_the_next_file_on(server: S3Server, tmp_path: Path) -> None:
    """What lies in the folder is found as before; a wrong key is told, and the right one works without a restart."""
    here, there = settings_of(server.port).model_copy(update={"url": ""}), settings_of(server.port)
    decided = [here]
    files = FilesInForce(lambda: decided[0], tmp_path / "store")
    source = tmp_path / "sound"
    source.write_bytes(b"sound")
    files.put(source, "2026/a.wav")
    decided[0] = there.model_copy(update={"endpoint": "http://127.0.0.1:1"})
    with pytest.raises(StoreUnavailable):
        files.put(source, "2026/b.wav")
    decided[0] = there
    files.put(source, "2026/b.wav")
    assert server.held() == ["main/site/2026/b.wav"]
    for path in ("2026/a.wav", "2026/b.wav"):
        with files.open(path) as opened:
            assert opened.file.read() == b"sound"
    assert [each.path for each in files.walk()] == ["2026/a.wav", "2026/b.wav"]
    assert all(files.remove(path) for path in ("2026/a.wav", "2026/b.wav")) and list(files.walk()) == []


def test_what_lies_here_alone_stays_when_another_store_is_decided(server: S3Server, tmp_path: Path) -> None:
    """Though a crash had left a note that its WAV may go."""
    decided = [settings_of(server.port).model_copy(update={"url": ""})]
    site = RecordingSite(tmp_path, "wav", FilesInForce(lambda: decided[0], tmp_path / "store"))
    kept = site.take_in("a.1")
    assert site.finaliser.one()
    mark = tmp_path / "store" / finalising.MARKS / str(site.row("a.1").id)
    mark.parent.mkdir(exist_ok=True)
    mark.write_text(kept.path, "utf-8")
    os.utime(mark, (0, 0))
    decided[0] = settings_of(server.port)
    site.finaliser.finish()
    assert not mark.exists() and np.array_equal(site.sound(kept.path), expected_sound())


@pytest.fixture
def site(server: S3Server, tmp_path: Path) -> RecordingSite:
    return RecordingSite(tmp_path, files=make_files(settings_of(server.port), tmp_path / "store"))


def test_a_recording_is_kept_in_s3_and_nothing_stays_here(site: RecordingSite, server: S3Server) -> None:
    site.take_in("a.1")
    assert site.finaliser.one()
    kept = site.row("a.1")
    assert server.held() == sorted([f"main/site/{kept.path}", f"main/site/{kept.peaks_path}"])
    assert site.local_files() == []
    assert np.array_equal(site.sound(kept.path), expected_sound())
    assert [file.path for file in site.files.walk()] == sorted([kept.path, kept.peaks_path])
    assert {file.path: file.size_bytes for file in site.files.walk("2026/03/11")}[kept.path] == kept.size_bytes


def test_a_wav_too_goes_away_once_it_is_there(server: S3Server, tmp_path: Path) -> None:
    site = RecordingSite(tmp_path, "wav", make_files(settings_of(server.port), tmp_path / "store"))
    wav = site.take_in("a.1")
    site.finaliser.one()
    assert site.local_files() == [] and site.row("a.1").sha256 == wav.sha256
    assert np.array_equal(site.sound(wav.path), expected_sound())


def test_what_waits_and_what_was_kept_here_before_is_read_too(site: RecordingSite, server: S3Server) -> None:
    waiting = site.take_in("a.1")
    server.kill()
    assert np.array_equal(site.sound(waiting.path), expected_sound())


def test_a_store_that_is_away_is_an_alert_and_the_wav_stays_until_it_is_back(
    site: RecordingSite, server: S3Server
) -> None:
    site.take_in("a.0")
    wav = site.take_in("a.1")
    server.kill()
    finaliser = site.finaliser
    assert not finaliser.one()
    assert (site.store / wav.path).exists() and site.row("a.1").kept_at is None
    assert site.alerts()[("recording_keeping", "node1")].startswith("2 recordings wait: ")
    server.start()
    assert not finaliser.one(), "not at once again"
    site.now += finalising.AWAY
    assert finaliser.one() and finaliser.one()
    assert site.alerts() == {} and site.local_files() == [] and len(server.held()) == 4


class DyingProxy:
    """Passes on to the server until so many bytes of uploads have come; then kills it in mid-upload."""

    def __init__(self, server: S3Server, after_bytes: int) -> None:
        self._server, self._left = server, after_bytes
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                if self._listener.fileno() < 0:
                    return
                continue
            try:
                upstream = socket.create_connection(("127.0.0.1", self._server.port))
            except OSError:
                client.close()
                continue
            threading.Thread(target=self._pass, args=(client, upstream, True), daemon=True).start()
            threading.Thread(target=self._pass, args=(upstream, client, False), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, up: bool) -> None:
        with contextlib.suppress(OSError):
            while block := source.recv(4096):
                if up:
                    self._left -= len(block)
                    if self._left < 0:
                        self._server.kill()
                        break
                target.sendall(block)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._listener.close()


def test_a_store_killed_in_mid_upload_loses_nothing(server: S3Server, tmp_path: Path) -> None:
    proxy = DyingProxy(server, 20_000)
    site = RecordingSite(tmp_path, files=make_files(settings_of(proxy.port), tmp_path / "store"))
    wav = site.take_in("a.1", seconds=20.0)
    finaliser = site.finaliser
    assert not finaliser.one()
    assert server.process.poll() is not None, "it was killed in mid-upload"
    assert site.row("a.1") == wav and (site.store / wav.path).exists()
    assert "1 recordings wait: " in site.alerts()[("recording_keeping", "node1")]
    proxy.close()
    server.start()
    site.files = make_files(settings_of(server.port), tmp_path / "store")
    assert site.finaliser.one()
    assert np.array_equal(site.sound(site.row("a.1").path), expected_sound(20.0))
    assert site.local_files() == [] and site.alerts() == {}


def test_a_final_file_that_is_not_what_was_sent_is_removed(
    server: S3Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, source = S3Files(settings_of(server.port)), tmp_path / "a"
    source.write_bytes(b"good")
    monkeypatch.setattr("recordings.s3.digest", lambda path: digest(path)[::-1])
    with pytest.raises(StoreUnavailable, match=r"^recordings.reads_back_wrong file="):
        files.put(source, "2026/a.flac")
    assert server.held() == []


def test_drafts_of_a_killed_worker_are_swept_away_after_a_day(server: S3Server) -> None:
    server.client().put_object(Bucket=BUCKET, Key="main/site/.parts/x", Body=b"half")
    files, now = S3Files(settings_of(server.port)), datetime.now(UTC)
    assert list(files.walk()) == [] and files.sweep(now - timedelta(hours=1)) == 0
    assert files.sweep(now + timedelta(minutes=1)) == 1 and server.held() == []


@pytest.mark.parametrize("path", ["../x.flac", "/x.flac", "a/../../x", "", ".parts/x"])
def test_no_path_leads_out_of_the_prefix(server: S3Server, path: str, tmp_path: Path) -> None:
    files = S3Files(settings_of(server.port))
    with pytest.raises(FileNotFoundError), files.open(path):
        pass
    with pytest.raises(FileNotFoundError):
        files.remove(path)


def test_a_file_that_is_not_there_is_told_from_a_store_that_is_not(server: S3Server, tmp_path: Path) -> None:
    files = HereAndAway(FolderFiles(tmp_path), S3Files(settings_of(server.port)))
    assert not files.remove("2026/none.flac")
    with pytest.raises(FileNotFoundError), files.open("2026/none.flac"):
        pass
    missing = S3Files(Store(**{**settings_of(server.port).model_dump(), "url": "s3://no-such-bucket"}))
    (tmp_path / "a").write_bytes(b"a")
    with pytest.raises((StoreUnavailable, FileNotFoundError)):
        missing.put(tmp_path / "a", "2026/a.flac")


def test_a_listener_gets_ranges_from_s3_and_503_while_it_is_away(server: S3Server, tmp_path: Path) -> None:
    web = a_web(
        tmp_path,
        f"""
[store]
url = "s3://{BUCKET}/main/site"
endpoint = "http://127.0.0.1:{server.port}"
region = "us-east-1"
addressing = "path"
key = "key"
secret = "secret"
""",
    )
    site = RecordingSite(tmp_path, files=web.hotline.files, storage=web.hotline.storage)
    site.take_in("a.1")
    site.finaliser.one()
    kept = site.row("a.1")
    content = site.content(kept.path)
    client, path = web.signed_in(Role.EXAMINER), f"/recordings/{kept.id}/audio"
    whole = client.get(path)
    assert whole.data == content and whole.content_type == "audio/flac"
    part = client.get(path, headers={"Range": "bytes=1000-1099"})
    assert (part.status_code, part.data) == (206, content[1000:1100])
    assert part.headers["Content-Range"] == f"bytes 1000-1099/{len(content)}"
    assert client.get(path, headers={"Range": "bytes=-7"}).data == content[-7:]
    assert client.get(path, headers={"Range": f"bytes={len(content)}-"}).status_code == 416
    peaks = client.get(f"/api/v1/recordings/{kept.id}/peaks").json
    assert (peaks["seconds"], len(peaks["channels"])) == (1.0, 2)
    server.kill()
    assert client.get(path).status_code == 503
    assert client.get(f"/api/v1/recordings/{kept.id}/audio", headers=web.program()).json["code"] == "store"


def test_a_forked_process_connects_anew(server: S3Server, tmp_path: Path) -> None:
    files = S3Files(settings_of(server.port))
    (tmp_path / "a").write_bytes(b"a")
    files.put(tmp_path / "a", "2026/a.flac")
    child = os.fork()
    if not child:
        code = 1
        try:
            with files.open("2026/a.flac") as opened:
                code = 0 if opened.file.read() == b"a" else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
