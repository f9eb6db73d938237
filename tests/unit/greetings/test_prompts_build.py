"""Building the prompts with the real espeak-ng and ffmpeg: form, level, length, sources, and what is made again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import wave
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import greetings
from greetings import audio, music, speech
from greetings.build import read_index
from hotline.cli import main
from hotline.settings import Home, Settings, load_settings


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with every prompt built; copied by the tests that change it."""
    home = Home(tmp_path_factory.mktemp("prompts"))
    home.create()
    greetings.build(load_settings(home, {}), home)
    return home.root


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Home:
    return Home(shutil.copytree(built, tmp_path / "home"))


@pytest.fixture
def settings(home: Home) -> Settings:
    return load_settings(home, {})


def prompt_path(home: Home, language: str, name: str) -> Path:
    return home.sounds / language / f"{name}.wav"


def test_a8_what_a_free_operator_may_have_to_wait_for(built: Path) -> None:
    """Asterisk's queue can't break off what it says: place, time and offer, when all come together, leave time to
    answer within the 30 s."""
    said = (
        "queue-thereare",
        "digits/1",
        "digits/10",
        "queue-callswaiting",
        "queue-holdtime",
        "digits/1",
        "digits/10",
        "queue-minutes",
        "queue-thankyou",
        "hotline/queue-callback-offer",
    )
    for language, longest in (("zh", 20.0), ("en", 25.0)):
        paths = [prompt_path(Home(built), language, name) for name in said]
        assert sum(_seconds(path) for path in paths) < longest, language


def _seconds(path: Path) -> float:
    with wave.open(str(path)) as file:
        return file.getnframes() / file.getframerate()


def test_every_file_is_what_asterisk_plays_and_can_be_heard(built: Path) -> None:
    """8 kHz mono 16 bit, about -20 dBFS, not clipped, as long as its text needs."""
    index = read_index(Home(built))
    assert len(index) > 100
    for name, entry in index.items():
        with wave.open(str(built / "asterisk" / "data" / name)) as file:
            assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (8000, 1, 2), name
            samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(float)
        assert np.max(np.abs(samples)) < 32767, name
        if entry.source == "espeak":
            assert -26 < audio.level(samples) < -18, name
            characters = sum(c.isalnum() for c in entry.text)
            per_second = (3, 12) if entry.language == "en" and len(entry.text) > 20 else (1, 12)
            pace = characters / entry.seconds
            assert per_second[0] * 0.5 < pace < per_second[1] * 2.5, (name, pace)
        assert abs(entry.seconds - len(samples) / 8000) < 0.001


def test_chinese_is_read_as_chinese_at_an_operators_pace(built: Path) -> None:
    """C5 asks 140-160 characters a minute of operators; the broken "cmn" voice spells pinyin in English."""
    entry = read_index(Home(built))["sounds/zh/hotline/voicemail-prompt.wav"]
    characters = sum("\u4e00" <= c <= "\u9fff" for c in entry.text)
    assert 130 < characters / entry.seconds * 60 < 200
    said = subprocess.run(
        ["espeak-ng", "-q", "-x", "-v", speech.voice("zh"), "感谢"], capture_output=True, text=True, check=True
    ).stdout
    assert "(en)" not in said


def test_nothing_is_missing_after_the_build(settings: Settings, home: Home) -> None:
    assert greetings.missing(settings, home) == []


def test_a_second_build_makes_nothing(settings: Settings, home: Home) -> None:
    report = greetings.build(settings, home)
    assert report.made == () and report.removed == () and report.kept > 100


def test_only_what_changed_is_made_again(settings: Settings, home: Home) -> None:
    (home.site_greetings / "manifest.toml").write_text('[prompts.goodbye]\nzh = "再见。"\n', "utf-8")
    seen: list[tuple[int, int, str]] = []
    report = greetings.build(settings, home, lambda *step: seen.append(step))
    assert report.made == ("sounds/zh/hotline/goodbye.wav",)
    assert seen == [(0, 1, "sounds/zh/hotline/goodbye.wav"), (1, 1, "")]


def test_the_company_and_the_confirm_key_are_said(settings: Settings, home: Home) -> None:
    settings = load_settings(home, {"HOTLINE_SITE__COMPANY": "ACME & 王五", "HOTLINE_DUTY__CONFIRM_KEY": '"#"'})
    made = greetings.build(settings, home).made
    assert "sounds/zh/hotline/greeting-main.wav" in made
    text = read_index(home)["sounds/zh/hotline/duty-confirm-main.wav"].text
    assert text == "ACME & 王五热线来电，接听请按井号键。"


def test_each_line_has_its_own_greeting_and_a_line_that_goes_takes_its_files_along(home: Home) -> None:
    lines = '[lines.main]\nnumber = "4001234567"\nmenu = "main"\n'
    second = '[lines.second]\nnumber = "4007654321"\nmenu = "main"\ncompany = "第二公司"\n'
    home.settings_file.write_text(lines + second, "utf-8")
    made = greetings.build(load_settings(home, {}), home).made
    assert "sounds/zh/hotline/greeting-second.wav" in made
    home.settings_file.write_text(lines, "utf-8")
    removed = greetings.build(load_settings(home, {}), home).removed
    assert "sounds/zh/hotline/greeting-second.wav" in removed
    assert not prompt_path(home, "zh", "hotline/greeting-second").exists()


def test_a_deleted_or_damaged_file_is_made_again(settings: Settings, home: Home) -> None:
    prompt_path(home, "zh", "digits/3").unlink()
    prompt_path(home, "zh", "digits/4").write_bytes(b"")
    assert greetings.build(settings, home).made == ("sounds/zh/digits/3.wav", "sounds/zh/digits/4.wav")


def record(file: Path, *options: str, seconds: float = 1.5) -> bytes:
    """A recording in another form than Asterisk's."""
    file.parent.mkdir(parents=True, exist_ok=True)
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"sine=frequency=700:duration={seconds}", *options]
    subprocess.run([*command, "-y", str(file)], check=True)
    return file.read_bytes()


@pytest.mark.parametrize(
    "options", [("-ar", "44100", "-ac", "2"), ("-ar", "16000", "-c:a", "pcm_f32le"), ("-f", "mp3"), ("-ar", "8000")]
)
def test_the_sites_recording_of_any_format_comes_first(
    settings: Settings, home: Home, options: tuple[str, ...]
) -> None:
    record(home.site_greetings / "zh" / "goodbye.wav", *options)
    assert greetings.build(settings, home).made == ("sounds/zh/hotline/goodbye.wav",)
    entry = read_index(home)["sounds/zh/hotline/goodbye.wav"]
    assert entry.source == "site"
    assert abs(entry.seconds - 1.5) < 0.1
    file = prompt_path(home, "zh", "hotline/goodbye")
    assert audio.is_ready(file)
    samples, _ = audio.read_wav(file.read_bytes())
    spectrum = np.abs(np.fft.rfft(samples))
    assert abs(np.argmax(spectrum) * 8000 / len(samples) - 700) < 5


def test_a_recording_for_one_line_comes_before_the_one_for_all(settings: Settings, home: Home) -> None:
    record(home.site_greetings / "zh" / "greeting.wav", seconds=1.0)
    record(home.site_greetings / "zh" / "greeting-main.wav", seconds=2.0)
    greetings.build(settings, home)
    assert abs(read_index(home)["sounds/zh/hotline/greeting-main.wav"].seconds - 2.0) < 0.1


def test_asterisks_own_words_can_be_recorded_too(settings: Settings, home: Home) -> None:
    record(home.site_greetings / "zh" / "asterisk" / "digits" / "1.wav", seconds=1.0)
    assert greetings.build(settings, home).made == ("sounds/zh/digits/1.wav",)


def test_a_recording_taken_away_is_spoken_again(settings: Settings, home: Home) -> None:
    recording = home.site_greetings / "zh" / "goodbye.wav"
    record(recording)
    greetings.build(settings, home)
    recording.unlink()
    assert greetings.build(settings, home).made == ("sounds/zh/hotline/goodbye.wav",)
    assert read_index(home)["sounds/zh/hotline/goodbye.wav"].source == "espeak"


@pytest.mark.parametrize("content", [b"this is no sound\n" * 100, b"", b"RIFF\x00\x00\x00\x00WAVE", b"\0" * 2000])
def test_a_file_that_is_no_sound_is_refused_by_name_and_the_old_prompt_stays(
    settings: Settings, home: Home, content: bytes
) -> None:
    wrong = home.site_greetings / "zh" / "goodbye.wav"
    wrong.parent.mkdir(parents=True)
    wrong.write_bytes(content)
    before = prompt_path(home, "zh", "hotline/goodbye").read_bytes()
    with pytest.raises(greetings.PromptError, match=str(wrong)):
        greetings.build(settings, home)
    assert prompt_path(home, "zh", "hotline/goodbye").read_bytes() == before


def test_two_prompts_that_would_be_one_file_are_refused(settings: Settings, home: Home) -> None:
    (home.site_greetings / "manifest.toml").write_text('[prompts.greeting-main]\nzh = "您好"\n', "utf-8")
    with pytest.raises(greetings.PromptError, match="greeting-main"):
        greetings.build(settings, home)


def test_without_espeak_the_error_says_so(settings: Settings, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    speech.engine.cache_clear()
    speech.voice.cache_clear()
    monkeypatch.setenv("PATH", str(home.root))
    try:
        with pytest.raises(greetings.PromptError, match=r"^prompts.no_espeak$"):
            greetings.build(settings, home)
    finally:
        speech.engine.cache_clear()
        speech.voice.cache_clear()


def test_without_ffmpeg_the_error_names_the_file_that_needs_it(
    settings: Settings, home: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    record(home.site_greetings / "zh" / "goodbye.wav", "-ar", "44100")
    tools = tmp_path / "bin"
    tools.mkdir()
    os.symlink(shutil.which("espeak-ng") or "", tools / "espeak-ng")
    monkeypatch.setenv("PATH", str(tools))
    with pytest.raises(greetings.PromptError, match=r"goodbye\.wav.*ffmpeg"):
        greetings.build(settings, home)


@pytest.mark.parametrize("text", ["", "……", "<break/>"])
def test_a_text_that_makes_no_sound_is_an_error(text: str) -> None:
    if text == "<break/>":
        assert len(speech.speak(text, "zh"))  # markup in a text is text
    else:
        with pytest.raises(greetings.PromptError, match=r"^prompts.nothing_spoken "):
            speech.speak(text, "zh")


def test_the_other_script_in_a_text_is_read_by_a_voice_of_its_language() -> None:
    assert speech.markup("欢迎致电ACME公司", "zh") == (
        f'<voice name="{speech.voice("zh")}">欢迎致电</voice><voice name="{speech.voice("en")}">ACME</voice>'
        f'<voice name="{speech.voice("zh")}">公司</voice>'
    )
    assert speech.markup("A & B", "en") == "A &amp; B"


def test_the_music_is_a_minute_that_runs_round_without_a_click(built: Path) -> None:
    samples, rate = audio.read_wav((built / "asterisk" / "data" / "moh" / "hotline-music.wav").read_bytes())
    assert rate == 8000 and len(samples) == 60 * 8000
    assert abs(audio.level(samples) - music.MUSIC_LEVEL) < 1
    steps = np.abs(np.diff(np.concatenate([samples, samples[:1]])))
    assert steps[-1] <= np.percentile(steps, 99.9)
    seconds = samples.reshape(60, 8000)
    assert min(audio.level(second) for second in seconds) > -40


def test_missing_names_the_setting_and_the_prompt(home: Home) -> None:
    prompt_path(home, "zh", "hotline/menu-main").unlink()
    prompt_path(home, "zh", "hotline/greeting-main").write_bytes(b"RIFF")
    (home.asterisk / "data" / "moh" / "hotline-music.wav").unlink()
    home.settings_file.write_text(
        '[menus.main]\nprompt = "menu-main"\noperator_queue = "service"\n'
        '[menus.main.keys]\n1 = "announcement:nosuch"\n2 = "menu:other"\n'
        '[menus.other]\nprompt = "other"\noperator_queue = "service"\nkeys = {}\n',
        "utf-8",
    )
    found = greetings.missing(load_settings(home, {}), home)
    assert len(found) == 6
    assert [each.values.get("place", each.code) for each in found] == [
        "menus.main.keys.1",
        "menus.other.prompt",
        "lines.main.greeting",
        "menus.main.prompt",
        "dialplan, IVR",
        "prompts.no_music",
    ]
    assert [found[place].values["prompt"] for place in (0, 1, 3)] == ["nosuch", "other", "menu-main"]


def test_the_command_line(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTLINE_HOME", str(home.root))
    run = CliRunner()
    assert "0 sound files made" in run.invoke(main, ["greetings", "build"]).output
    assert run.invoke(main, ["greetings", "missing"]).exit_code == 0
    rows = json.loads(run.invoke(main, ["greetings", "list", "--json"]).output)
    greeting = next(row for row in rows if row["file"] == "sounds/zh/hotline/greeting-main.wav")
    assert greeting["source"] == "espeak" and greeting["seconds"] > 5
    assert "goodbye" in run.invoke(main, ["greetings", "list"]).output
    prompt_path(home, "zh", "hotline/goodbye").unlink()
    wrong = run.invoke(main, ["greetings", "missing"])
    assert wrong.exit_code == 1 and "goodbye" in wrong.output
