"""The page of voices: looked at, tried, asked for and put to use; and every delivered prompt has a name."""

from __future__ import annotations

import pytest

from greetings import audio, speech
from greetings.manifest import TREE_FOLDER, load_manifest
from hotline.domain.people import Role
from hotline.services.prompts import voices
from hotline.settings import Home
from hotline.storage.prompts.voice_tasks import VoiceTaskStore
from hotline.web.prompts.names import NAMES, prompt_name
from tests.support.voices import a_package, speak_by_the_program
from tests.support.web import Web, post

PAGE = "/voices"


@pytest.fixture(autouse=True)
def quick_speech(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "speak", lambda text, language, keep_ms=60: audio.tones([(300, 600)]))
    speak_by_the_program(monkeypatch)


def test_a_voice_is_installed_tried_and_used(web: Web) -> None:
    admin = web.signed_in(Role.ADMINISTRATOR, username="admin3")
    page = admin.get(PAGE).text
    assert "未安装" in page and "晓晓" in page and "Apache-2.0" in page and "使用中" in page
    assert post(admin, f"{PAGE}/install/kokoro", PAGE).status_code == 303
    assert "正在安装语音" in admin.get(PAGE).text
    assert "已经在安装语音" in admin.get(post(admin, f"{PAGE}/install/kokoro", PAGE).location).text
    assert "尚未安装" in admin.get(post(admin, f"{PAGE}/kokoro-yunxi/use", PAGE).location).text
    with web.hotline.storage.reading() as tx:
        assert VoiceTaskStore(tx).open()
    a_package(web.hotline.home)
    tried = admin.get(f"{PAGE}?try=kokoro-yunxi&words=您好")
    assert "/voices/kokoro-yunxi/sound?words=" in tried.text
    sound = admin.get(f"{PAGE}/kokoro-yunxi/sound?words=您好")
    assert (sound.status_code, sound.mimetype, sound.data[:4]) == (200, "audio/wav", b"RIFF")
    assert post(admin, f"{PAGE}/kokoro-yunxi/use", PAGE).status_code == 303
    assert web.hotline.settings.spoken.voice == "kokoro-yunxi"
    assert "启用“云希”" not in admin.get(PAGE).text and "启用“晓晓”" in admin.get(PAGE).text


@pytest.mark.parametrize("words", ["", "  ", "好" * 121])
def test_what_cannot_be_tried_is_said_and_kept(web: Web, words: str) -> None:
    admin = web.signed_in(Role.ADMINISTRATOR, username="admin3")
    answer = admin.get(PAGE, query_string={"try": "espeak-ng", "words": words})
    assert answer.status_code == 422 and ("请写明要说的内容" in answer.text or words in answer.text)
    assert admin.get(f"{PAGE}/espeak-ng/sound", query_string={"words": words}).status_code == 422
    assert admin.get(f"{PAGE}/<b>x/sound?words=a").status_code == 422


def test_a_voice_that_another_tries_is_said_to_be_busy(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """One at a time: a voice takes a core and half a gigabyte. Whoever waits longer is told so, and can try again."""
    admin = web.signed_in(Role.ADMINISTRATOR, username="admin3")
    address = f"{PAGE}/espeak-ng/sound?words=您好"
    monkeypatch.setattr(voices, "_WAIT_SECONDS", 0)
    with voices._TRYING:
        busy = admin.get(address)
        assert (busy.status_code, busy.mimetype) == (409, "text/plain") and "有人正在试听语音" in busy.text
    assert admin.get(address).status_code == 200


def test_a_voice_that_fails_lets_the_next_one_try(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = web.signed_in(Role.ADMINISTRATOR, username="admin3")
    monkeypatch.setattr(voices, "_WAIT_SECONDS", 0)
    assert admin.get(f"{PAGE}/kokoro-yunxi/sound?words=您好").status_code == 422
    assert admin.get(f"{PAGE}/espeak-ng/sound?words=您好").status_code == 200


def test_whoever_only_listens_changes_nothing(web: Web) -> None:
    boss = web.signed_in(Role.SUPERVISOR, username="boss3")
    page = boss.get(PAGE)
    assert page.status_code == 200 and "试听语音" not in page.text
    assert boss.get(f"{PAGE}/espeak-ng/sound?words=a").status_code == 403
    assert web.signed_in(Role.OPERATOR, username="op3").get(PAGE).status_code == 403


def test_every_delivered_prompt_has_a_name(web: Web) -> None:
    delivered = load_manifest(Home(TREE_FOLDER)).prompts
    with web.app.test_request_context():
        assert [each for each in delivered if prompt_name(each) == each] == []
        assert prompt_name("asterisk/digits/7") == "数字 7" and prompt_name("opening-hours") == "opening-hours"
        assert len({str(name) for name in NAMES.values()}) == len(NAMES)
    assert set(NAMES) <= set(delivered)


def test_names_stand_on_the_pages(web: Web) -> None:
    admin = web.signed_in(Role.ADMINISTRATOR, username="admin3")
    assert "主菜单" in admin.get("/prompts").text and "<bdi>menu-main</bdi>" in admin.get("/prompts").text
    assert "非工作时间欢迎词" in admin.get("/prompts/of/greeting-closed").text
