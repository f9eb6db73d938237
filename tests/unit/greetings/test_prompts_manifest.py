"""The manifest: every prompt that something refers to has its texts, and a wrong entry is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from greetings import LANGUAGES, PromptError, load_manifest, sound
from greetings.missing import ALWAYS, references, unknown
from hotline.domain.menu_target import menu_targets
from hotline.settings import Home, load_settings
from hotline.settings.home import TREE
from hotline.web.kit.refusals.registry import say


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.create()
    return home


def site(home: Home, text: str) -> None:
    (home.site_greetings / "manifest.toml").write_text(text, "utf-8")


def test_every_prompt_the_default_settings_refer_to_has_both_texts(home: Home) -> None:
    manifest = load_manifest(home)
    assert unknown(load_settings(home, {}), manifest) == []
    for _, prompt_id in references(load_settings(home, {}), manifest):
        prompt = manifest.prompts[prompt_id]
        if not prompt.asterisk_name and not prompt.tones:
            assert set(prompt.texts) == set(LANGUAGES), prompt_id


def test_every_prompt_of_the_dialplan_is_in_the_manifest_and_asked_for_at_the_start() -> None:
    """Architecture: a sound the dialplan names exists, per line exactly where the line's name is put behind it."""
    manifest = load_manifest(Home(TREE / "nowhere"))
    found = set()
    for file in (TREE / "config" / "asterisk").glob("*.j2"):
        for prompt_id, line in re.findall(
            r"hotline/(?!line_|emergency)([a-z][a-z-]*[a-z])(-\$\{)?", file.read_text("utf-8")
        ):
            if f"DB(hotline/{prompt_id}" in file.read_text("utf-8"):
                continue
            found.add(prompt_id)
            assert manifest.prompts[prompt_id].per_line == bool(line), (file.name, prompt_id)
    assert found
    assert found <= set(ALWAYS)


def test_every_prompt_of_the_flow_is_asked_for_at_the_start() -> None:
    """Architecture."""
    source = (TREE / "ivr" / "flow.py").read_text("utf-8")
    named = set(re.findall(r'"((?:greeting|key|to|duty)-[a-z-]+)"', source))
    assert {"greeting-closed", "key-missing", "to-operator", "duty-wait"} <= named
    assert named <= set(ALWAYS)


def test_every_prompt_of_ours_is_used_by_something() -> None:
    """Architecture: what nobody plays is no prompt; menus are settings."""
    ours = {prompt.id for prompt in load_manifest(Home(TREE / "nowhere")).prompts.values() if not prompt.asterisk_name}
    of_targets = {prompt_id for target in menu_targets().values() for prompt_id in target.prompts}
    assert ours - {"menu-main"} == {*ALWAYS, *of_targets}


def test_the_default_menu_says_exactly_the_keys_it_has(home: Home) -> None:
    menu = load_settings(home, {}).menus["main"]
    for language, text in load_manifest(home).prompts[menu.prompt].texts.items():
        assert re.findall(r"[0-9]", text) == list(menu.keys), language


def test_greetings_say_company_and_recording_notice(home: Home) -> None:
    """C1, G1."""
    manifest = load_manifest(home)
    for prompt_id in ("greeting", "greeting-closed", "greeting-closed-message"):
        prompt = manifest.prompts[prompt_id]
        assert "{company}" in prompt.texts["zh"] and "录音" in prompt.texts["zh"]
        assert "{company}" in prompt.texts["en"] and "recorded" in prompt.texts["en"]


@pytest.mark.parametrize("number", [0, 7, 10, 12, 20, 35, 99, 100, 101, 110, 305, 999, 1000, 2026, 10_000])
def test_asterisk_has_the_words_of_every_number_it_says_in_chinese(number: int) -> None:
    """say.c, ast_say_number_full_zh: digits, tens, hundred, thousand, wan."""
    words = load_manifest(Home(TREE / "nowhere")).prompts
    for name in chinese_number(number):
        assert "zh" in words[f"asterisk/digits/{name}"].texts


def chinese_number(number: int) -> list[str]:
    """The files that Asterisk plays, without the zero in between."""
    if number >= 10_000:
        return [*chinese_number(number // 10_000), "wan", *(chinese_number(number % 10_000) if number % 10_000 else [])]
    for unit, name in ((1000, "thousand"), (100, "hundred")):
        if number >= unit:
            rest = number % unit
            return [str(number // unit), name, *(["0", *chinese_number(rest)] if rest else [])]
    if number >= 10:
        return [str(number // 10 * 10), *([str(number % 10)] if number % 10 else [])]
    return [str(number)]


def test_names_in_asterisk() -> None:
    manifest = load_manifest(Home(TREE / "nowhere"))
    assert sound("goodbye") == "hotline/goodbye"
    assert sound("greeting", "main") == "hotline/greeting-main"
    assert manifest.sound("greeting", "main") == "hotline/greeting-main"
    assert manifest.sound("goodbye", "main") == "hotline/goodbye"
    assert manifest.sound("asterisk/queue-thereare", "main") == "queue-thereare"
    with pytest.raises(PromptError, match="nosuch"):
        manifest.sound("nosuch", "main")


def test_a_site_adds_prompts_and_changes_texts(home: Home) -> None:
    site(home, '[prompts.address]\nzh = "地址"\n[prompts.goodbye]\nzh = "祝您生活愉快，再见。"\n')
    manifest = load_manifest(home)
    assert manifest.prompts["address"].texts == {"zh": "地址"}
    assert manifest.prompts["goodbye"].texts["zh"] == "祝您生活愉快，再见。"
    assert manifest.prompts["goodbye"].texts["en"] == "Thank you for calling. Goodbye."


def test_a_new_text_is_not_spoken_as_the_old_one_and_replaces_a_tone(home: Home) -> None:
    site(home, '[prompts.x]\nzh = "重听"\nzh_spoken = "chong2听"\n[prompts.beep]\nzh = "嘀"\n')
    assert load_manifest(home).prompts["x"].spoken == {"zh": "chong2听"}
    assert load_manifest(home).prompts["beep"].tones == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[prompts.x\n", "TOML"),
        ("[greeting]\nzh = 'a'\n", "greeting"),
        ("[prompts.x]\n", "prompts.x: a text"),
        ("[prompts.x]\nzh = ''\n", "prompts.x.zh"),
        ("[prompts.x]\nzh = 3\n", "prompts.x.zh"),
        ("[prompts.x]\nzh = 'a'\nfr = 'b'\n", "prompts.x.fr"),
        ("[prompts.X]\nzh = 'a'\n", "prompts.X"),
        ("[prompts.'../x']\nzh = 'a'\n", "prompts.../x"),
        ("[prompts.x]\nzh = '{name}'\n", "{name}"),
        ("[prompts.x]\nzh = '{company}'\n", "per_line"),
        ("[prompts.x]\nzh = 'a'\nper_line = 'yes'\n", "prompts.x.per_line"),
        ("[prompts.x]\ntones = [440]\n", "prompts.x.tones"),
        ("[prompts.x]\ntones = [[440, 99999]]\n", "prompts.x.tones"),
        ("[prompts.x]\ntones = [[440.5, 100]]\n", "prompts.x.tones"),
        ("prompts = 3\n", "prompts"),
        ("[prompts]\nx = 'a'\n", "prompts.x"),
        ("[asterisk.beep]\nzh = 'a'\nper_line = true\n", "asterisk.beep"),
    ],
)
def test_a_wrong_site_manifest_is_named_with_file_and_key(home: Home, text: str, named: str) -> None:
    site(home, text)
    with pytest.raises(PromptError) as raised:
        load_manifest(home)
    assert str(home.site_greetings / "manifest.toml") in str(raised.value)
    assert named in say(raised.value, str)


def test_a_site_manifest_that_is_no_utf8_is_named(home: Home) -> None:
    (home.site_greetings / "manifest.toml").write_bytes("[prompts.x]\nzh = '您好'\n".encode("gb18030"))
    with pytest.raises(PromptError, match=r"^prompts.toml file="):
        load_manifest(home)
