"""Attachments over HTTP: sent by a form, and downloaded in a way in which no browser runs them."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hotline.domain.people import Role
from hotline.services.attachments.staging import staging_folder
from tests.support import sample_calls as sample
from tests.support.attached_files import HTML, PDF, POLYGLOT, png
from tests.support.web import Web, a_web, csrf_of

PAGE = "/forms/1"


@pytest.fixture
def web(tmp_path: Path) -> Web:
    web = a_web(tmp_path)
    web.keep(sample.talking_call("node1-1.5", number="+8613912345678"))
    return web


@pytest.fixture
def boss(web: Web) -> FlaskClient:
    return web.signed_in(Role.SUPERVISOR)


def send(client: FlaskClient, *files: tuple[str, bytes], page: str = PAGE) -> TestResponse:
    data = {"csrf_token": csrf_of(client.get(PAGE)), "files": [(io.BytesIO(content), name) for name, content in files]}
    return client.post(f"{page}/attachments", data=data, content_type="multipart/form-data")


def test_what_is_sent_is_listed_and_downloaded_as_it_was(boss: FlaskClient) -> None:
    assert send(boss, ("发票.png", png()), ("合同.pdf", PDF)).location == PAGE
    page = boss.get(PAGE).text
    assert "发票.png" in page and "合同.pdf" in page
    answer = boss.get("/attachments/1")
    assert answer.status_code == 200 and answer.data == png()
    assert answer.headers["Content-Length"] == str(len(png()))
    assert "filename*=UTF-8''%E5%8F%91%E7%A5%A8.png" in answer.headers["Content-Disposition"]


HOSTILE = [
    ("pic.gif", POLYGLOT),
    ("x.html", POLYGLOT),
    ("photo\u202egpj.exe", png()),
    ("a.svg", png()),
    ("a.jpg.html", png()),
]


@pytest.mark.parametrize(("name", "content"), HOSTILE)
def test_no_browser_runs_a_download(boss: FlaskClient, name: str, content: bytes) -> None:
    send(boss, (name, content))
    answer = boss.get("/attachments/1")
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    ended = answer.headers["Content-Disposition"].rstrip('"')
    assert ended.endswith((".png", ".gif")) and "%E2%80%AE" not in ended


def test_what_is_refused_is_said_by_its_name_which_is_text(boss: FlaskClient) -> None:
    assert send(boss, ("<img src=x onerror=alert(1)>.png", HTML), ("ok.png", png())).status_code == 302
    page = boss.get(f"{PAGE}?lang=zh").text
    assert "onerror" in page and "<img src=x" not in page and "不接受此类文件" in page and "已添加 1 个附件" in page


def test_a_form_without_files_says_so(boss: FlaskClient) -> None:
    send(boss)
    assert "请先选择文件" in boss.get(f"{PAGE}?lang=zh").text


def test_what_is_larger_than_all_files_may_be_is_not_even_read(tmp_path: Path) -> None:
    web = a_web(tmp_path, "[attachments]\nmegabytes = 1\nat_once = 1\n")
    web.keep(sample.talking_call("node1-1.5"))
    boss = web.signed_in(Role.SUPERVISOR)
    assert send(boss, ("a.png", png() + b"\0" * (3 << 20))).status_code == 413
    assert send(boss, ("a.png", png() + b"\0" * (1 << 20))).status_code == 302
    page = boss.get(f"{PAGE}?lang=zh").text
    assert "不能超过 1 MB" in page
    assert list(staging_folder(web.hotline.home).iterdir()) == []


def test_a_body_that_breaks_off_leaves_nothing(web: Web, boss: FlaskClient) -> None:
    token = csrf_of(boss.get(PAGE))
    head = (
        f'--b\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        '--b\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\n'
    ).encode()
    body = head + png()[:40]
    answer = boss.post(
        f"{PAGE}/attachments",
        input_stream=io.BytesIO(body),
        content_type="multipart/form-data; boundary=b",
        content_length=len(body) + 5000,
    )
    assert answer.status_code == 400
    assert list(staging_folder(web.hotline.home).iterdir()) == []
    assert list(web.hotline.files.walk("attachments")) == []


def test_who_is_not_signed_in_sends_nothing(web: Web, boss: FlaskClient) -> None:
    send(boss, ("a.png", png()))
    stranger = web.client()
    answer = stranger.post(f"{PAGE}/attachments", data={"files": (io.BytesIO(png(1)), "b.png")})
    assert answer.status_code == 302 and answer.location.startswith("/sign-in")
    assert stranger.get("/attachments/1").location.startswith("/sign-in")
    assert len(list(web.hotline.files.walk("attachments"))) == 1


def test_a14_another_operator_sees_that_there_is_something_and_not_what(web: Web, boss: FlaskClient) -> None:
    send(boss, ("身份证.png", png()))
    qian = web.signed_in(Role.OPERATOR, username="qian")
    page = qian.get(f"{PAGE}?lang=zh").text
    assert "身份证" not in page and "有 1 个附件" in page
    assert qian.get("/attachments/1").status_code == 403
    data = {"csrf_token": csrf_of(qian.get("/password")), "files": (io.BytesIO(png(1)), "b.png")}
    assert qian.post(f"{PAGE}/attachments", data=data).status_code == 403


def test_a_removed_file_is_gone(boss: FlaskClient) -> None:
    send(boss, ("a.png", png()))
    token = csrf_of(boss.get(PAGE))
    assert boss.post("/forms/2/attachments/1/remove", data={"csrf_token": token}).status_code == 404
    assert boss.post(f"{PAGE}/attachments/1/remove", data={"csrf_token": token}).location == PAGE
    assert boss.get("/attachments/1").status_code == 404
    assert "a.png" not in boss.get(PAGE).text.split("attachments-title")[1]


def test_a_file_that_is_gone_from_the_store_is_told_plainly(web: Web, boss: FlaskClient) -> None:
    send(boss, ("a.png", png()))
    [stored] = web.hotline.files.walk("attachments")
    web.hotline.files.remove(stored.path)
    assert boss.get("/attachments/1").status_code == 404
    for wrong in ("/attachments/99", "/attachments/99999999999", "/forms/77/attachments"):
        assert boss.get(wrong).status_code in (404, 405)


def test_files_are_sent_onto_the_disk_and_not_into_memory(
    web: Web, boss: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders, make = [], tempfile.TemporaryFile

    def temporary(mode: str, dir: Path) -> object:
        folders.append(dir)
        return make(mode, dir=dir)

    monkeypatch.setattr(tempfile, "TemporaryFile", temporary)
    assert send(boss, ("a.png", png())).status_code == 302
    assert folders == [staging_folder(web.hotline.home)]
