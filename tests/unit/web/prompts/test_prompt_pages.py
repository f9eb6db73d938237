"""Prompts and emergency announcements by the pages: listened to by range, replaced, brought back, announced, ended."""

from __future__ import annotations

import io
import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from greetings import audio, speech
from hotline.domain.people import Role
from tests.support.web import Web, csrf_of, post


@pytest.fixture(autouse=True)
def quick_speech(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "speak", lambda text, language, keep_ms=60: audio.tones([(300, 600)]))


def tone(hertz: int = 440) -> tuple[io.BytesIO, str]:
    return io.BytesIO(audio.to_wav(audio.tones([(hertz, 1500)]))), "say.wav"


def upload(client: FlaskClient, path: str, **fields: object) -> TestResponse:
    data = {"csrf_token": csrf_of(client.get(path)), **fields}
    return client.post(path, data=data, content_type="multipart/form-data")


def test_a_prompt_is_replaced_heard_by_range_and_brought_back(web: Web) -> None:
    admin = web.signed_in(Role.ADMINISTRATOR, username="admin2")
    page = "/prompts/of/menu-main"
    assert upload(admin, page, way="file", sound=tone(), words="请按1").status_code == 303
    shown = admin.get(page).text
    assert "请按1" in shown and "已上传" in shown and "使用中" in shown and "LUFS" in shown
    sound = re.search(r"/prompts/versions/(\d+)/sound", shown)
    assert sound is not None
    part = admin.get(sound[0], headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.data, part.mimetype) == (206, b"RIFF", "audio/wav")
    assert post(admin, f"/prompts/versions/{sound[1]}/delivered", page).status_code == 303
    assert "使用中" not in admin.get(page).text
    assert post(admin, f"/prompts/versions/{sound[1]}/again", page).status_code == 303
    assert "使用中" in admin.get(page).text
    assert ("admin2", "prompt.choose", "prompt:menu-main") in web.audit()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"way": "file"}, "请先选择文件"),
        ({"way": "recorded"}, "还没有录音"),
        ({"way": "spoken", "words": " "}, "请写明要说的内容"),
        ({"way": "spoken", "words": "好", "from_day": "gestern"}, "2026-11-22"),
        ({"way": "spoken", "words": "好", "from_day": "2026-12-02"}, "时段须有首日和末日"),
        ({"way": "file", "from_day": "2026-12-02", "to_day": "2026-12-01"}, "请先选择文件"),
        ({"way": "file", "from_day": "2026-12-02", "to_day": "2026-12-01"}, "末日早于首日"),
        ({"way": "spoken", "words": "好", "line": "nowhere"}, "没有线路"),
    ],
)
def test_what_does_not_fit_is_said_and_what_was_typed_is_kept(web: Web, fields: dict[str, str], said: str) -> None:
    admin = web.signed_in(Role.ADMINISTRATOR, username="admin2")
    answer = upload(admin, "/prompts/of/menu-main", **fields)
    assert answer.status_code == 422 and said in answer.text
    for value in fields.values():
        assert value.strip() in answer.text


def test_who_only_changes_the_words_needs_no_file(web: Web) -> None:
    """The page begins with the machine speaking; what was chosen is kept where something else does not fit."""
    admin = web.signed_in(Role.ADMINISTRATOR, username="admin2")
    page = "/prompts/of/menu-main"
    assert 'value="spoken" checked' in admin.get(page).text
    refused = upload(admin, page, way="file", words="请按1").text
    assert 'value="file" checked' in refused and 'value="spoken" checked' not in refused
    assert upload(admin, page, way="spoken", words="请按1").status_code == 303
    assert "朗读" in admin.get(page).text


def test_what_is_heard_on_a_day_to_come_is_shown(web: Web) -> None:
    admin = web.signed_in(Role.ADMINISTRATOR, username="admin2")
    days = {"from_day": "2027-02-06", "to_day": "2027-02-12"}
    upload(admin, "/prompts/of/greeting", way="spoken", words="新年好", **days)
    assert "新年好" not in admin.get("/prompts").text
    assert "新年好" in admin.get("/prompts?day=2027-02-06").text
    assert "新年好" not in admin.get("/prompts?day=2027-02-13&line=main").text
    assert "2026-11-22" in admin.get("/prompts?day=x").text
    assert admin.get("/prompts/of/none").status_code == 404
    assert admin.get("/prompts/delivered/goodbye").data[:4] == b"RIFF"
    assert admin.get("/prompts/of/asterisk/digits/7").status_code == 200


def test_a_supervisor_announces_and_ends_an_emergency_and_operators_see_it(web: Web) -> None:
    boss, operator = web.signed_in(Role.SUPERVISOR, username="boss"), web.signed_in(Role.OPERATOR, username="zhao")
    refused = upload(boss, "/emergency", way="spoken", words="", until="2026-11-16T12:00")
    assert refused.status_code == 422 and "请写明要说的内容" in refused.text
    several = upload(boss, "/emergency", way="file", words="", until="x", lines="nowhere").text
    for fault in ("请先选择文件", "请写明要说的内容", "请填写截止时间", "没有线路 nowhere"):
        assert fault in several
    late = upload(boss, "/emergency", way="spoken", words="停电", until="2026-12-16T12:00")
    assert late.status_code == 422 and "最长 7 天" in late.text and "停电" in late.text
    assert "请填写截止时间" in upload(boss, "/emergency", way="spoken", words="停电", until="x").text
    unknown = upload(boss, "/emergency", way="spoken", words="停电", until="2026-11-16T12:00", lines="nowhere")
    assert unknown.status_code == 422 and "没有线路 nowhere" in unknown.text
    done = upload(boss, "/emergency", way="spoken", words="系统停电检修", until="2026-11-16T12:00", lines="spare")
    assert done.status_code == 303
    banner = operator.get("/emergency/banner").text
    assert "系统停电检修" in banner and "11-16 12:00" in banner
    assert "系统停电检修" in operator.get("/emergency").text and "立即播放" not in operator.get("/emergency").text
    assert "系统停电检修" in boss.get("/floor").text
    assert operator.get("/emergency/1/sound").data[:4] == b"RIFF"
    assert operator.post("/emergency/1/end").status_code in (400, 403)
    assert post(boss, "/emergency/1/end", "/emergency").status_code == 303
    assert "系统停电检修" not in operator.get("/emergency/banner").text
    assert [entry[1] for entry in web.audit() if entry[2] == "emergency:1"] == ["emergency.announce", "emergency.end"]
    assert boss.get("/emergency/99/sound").status_code == 404


def test_a_supervisor_hears_prompts_and_changes_none(web: Web) -> None:
    boss = web.signed_in(Role.SUPERVISOR, username="boss")
    shown = boss.get("/prompts/of/menu-main").text
    assert "全部版本" in shown and "replace-title" not in shown and 'action="/prompts' not in shown
    answer = boss.post("/prompts/of/menu-main", data={"csrf_token": csrf_of(boss.get("/emergency"))})
    assert answer.status_code == 403
