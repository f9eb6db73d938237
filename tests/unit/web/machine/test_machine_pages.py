"""Disks and speech models of this machine, in the browser."""

from __future__ import annotations

import fcntl
import hashlib
import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hotline.domain.people import Role
from hotline.domain.retention.reconciliation import StoreCheck
from hotline.storage.retention.store_checks import StoreCheckStore
from tests.support.web import Web, a_web, csrf_of, post

PAGE = "/admin/machine"
#: What a model must have, whatever is in it.
PARTS = ("am/final.mdl", "conf/mfcc.conf", "graph/HCLG.fst")


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path)


@pytest.fixture
def admin(web: Web) -> FlaskClient:
    return web.signed_in(Role.ADMINISTRATOR, username="boss")


def archive(*parts: str, folder: str = "vosk-model-x") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for part in parts:
            packed.writestr(f"{folder}/{part}" if folder else part, b"x")
    return made.getvalue()


def install(client: FlaskClient, content: bytes, sha256: str | None = None, name: str = "m.zip") -> TestResponse:
    known = hashlib.sha256(content).hexdigest() if sha256 is None else sha256
    fields = {"csrf_token": csrf_of(client.get(PAGE)), "sha256": known, "file": (io.BytesIO(content), name)}
    return client.post(f"{PAGE}/models", data=fields)


def names(web: Web) -> list[str]:
    folder = web.hotline.home.models
    return sorted(each.name for each in folder.iterdir() if each.is_dir()) if folder.is_dir() else []


def test_a_model_is_installed_by_its_archive_and_removed(web: Web, admin: FlaskClient) -> None:
    done = install(admin, archive(*PARTS))
    assert done.status_code == 303 and names(web) == ["vosk-model-x"]
    assert "完整，未使用" in admin.get(PAGE).text
    assert ("boss", "model.install", "model:vosk-model-x") in web.audit()
    post(admin, f"{PAGE}/models/vosk-model-x/remove", PAGE)
    assert names(web) == [] and ("boss", "model.remove", "model:vosk-model-x") in web.audit()


@pytest.mark.parametrize(
    ("content", "sha256", "name", "said"),
    [
        (archive(*PARTS), "", "m.zip", "应填写压缩包的 SHA-256"),
        (archive(*PARTS), "x" * 64, "m.zip", "应填写压缩包的 SHA-256"),
        (archive(*PARTS), "0" * 64, "m.zip", "SHA-256"),
        (archive(*PARTS), None, "m.exe", "应选择模型压缩包"),
        (archive(*PARTS[:2]), None, "m.zip", "m.zip"),
        (archive("../../../escaped"), None, "m.zip", "指向包外"),
        (b"no archive at all", None, "m.zip", "m.zip"),
        (b"no archive at all", None, "m.tar.gz", "m.tar.gz"),
        (archive(*PARTS, folder="<b>"), None, "m.zip", "&lt;b&gt;"),
    ],
)
def test_what_is_no_model_is_refused_whole(
    web: Web, admin: FlaskClient, content: bytes, sha256: str | None, name: str, said: str
) -> None:
    refused = install(admin, content, sha256, name)
    assert refused.status_code == 422 and said in refused.text, refused.text
    assert names(web) == [] and not list(web.hotline.home.root.rglob("escaped"))
    assert [each for each in web.audit() if each[1].startswith("model.")] == []


def test_an_archive_without_a_folder_is_called_like_itself(web: Web, admin: FlaskClient) -> None:
    assert install(admin, archive(*PARTS, folder=""), name="../..\\中文 model.zip").status_code == 303
    assert names(web) == ["中文model"]


def test_without_a_file_that_is_said(web: Web, admin: FlaskClient) -> None:
    refused = post(admin, f"{PAGE}/models", PAGE, sha256="0" * 64)
    assert refused.status_code == 422 and "请选择文件" in refused.text and 'value="0000' in refused.text


def test_the_one_in_use_stays(tmp_path: Path) -> None:
    web = a_web(tmp_path, '[speech]\nmodel = "vosk-model-x"\n')
    admin = web.signed_in(Role.ADMINISTRATOR)
    install(admin, archive(*PARTS))
    assert "使用中" in admin.get(PAGE).text
    post(admin, f"{PAGE}/models/vosk-model-x/remove", PAGE)
    assert names(web) == ["vosk-model-x"] and "正在使用" in admin.get(PAGE).text


def test_the_model_in_use_is_chosen_on_the_page_and_in_force_at_once(web: Web, admin: FlaskClient) -> None:
    """A file that names one is gone over, and what was chosen stands among the versions of the settings."""
    for name in ("vosk-model-x", "vosk-model-y"):
        install(admin, archive(*PARTS, folder=name))
    for name, used in (("vosk-model-x", "vosk-model-x"), ("vosk-model-y", "vosk-model-y"), ("", "")):
        assert post(admin, f"{PAGE}/models/use", PAGE, name=name).status_code == 303
        assert web.hotline.settings.speech.model == used
        assert admin.get(PAGE).text.count(">使用中</span>") == bool(used)
    assert web.audit().count(("boss", "settings.change", "setting:speech.model")) == 3
    post(admin, f"{PAGE}/models/use", PAGE, name="")
    assert web.audit().count(("boss", "settings.change", "setting:speech.model")) == 3


@pytest.mark.parametrize("name", ["vosk-none", "../../etc", "/etc", "x" * 5000, "<b>"])
def test_only_a_whole_model_of_this_machine_is_put_to_use(web: Web, admin: FlaskClient, name: str) -> None:
    post(admin, f"{PAGE}/models/use", PAGE, name=name)
    assert "没有完整的模型" in admin.get(PAGE).text and web.hotline.settings.speech.model == ""


def test_two_at_once_do_not_fill_the_disk_twice(web: Web, admin: FlaskClient) -> None:
    web.hotline.home.models.mkdir(parents=True, exist_ok=True)
    with (web.hotline.home.models / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused = install(admin, archive(*PARTS))
    assert refused.status_code == 409 and "请稍候" in refused.text and names(web) == []


def test_a_folder_that_is_no_model_is_told_with_what_it_lacks(web: Web, admin: FlaskClient) -> None:
    (web.hotline.home.models / "torn" / "am").mkdir(parents=True)
    page = admin.get(PAGE).text
    assert "torn" in page and "不完整" in page and "conf/mfcc.conf" in page


def test_how_long_the_disk_lasts_is_told_by_the_trend(web: Web, admin: FlaskClient) -> None:
    assert "录音每日核对三次后可知" in admin.get(PAGE).text
    free = 100 << 30
    with web.hotline.storage.writing() as tx:
        for day in range(5):
            at = web.now - timedelta(days=4 - day)
            left = free - day * (5 << 30)
            StoreCheckStore(tx).add(StoreCheck(at, "node1", {}, (), 0, 0, 0, 7 << 20, left, 500 << 30))
    page = admin.get(PAGE).text
    assert "16 天" in page and "2026-12-02" in page and "7.3 MB" in page


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.OPERATOR, Role.EXAMINER])
def test_only_administrators_see_it(web: Web, role: Role) -> None:
    client = web.signed_in(role)
    assert client.get(PAGE).status_code == 403
    assert post(client, f"{PAGE}/models", "/password", sha256="0" * 64).status_code == 403
    assert post(client, f"{PAGE}/models/x/remove", "/password").status_code == 403
