"""The command line says refusals in Chinese under a Chinese locale, and in English else."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from hotline.cli import main
from hotline.cli.kit.language import is_chinese, said
from hotline.domain.errors import Refused
from hotline.domain.reasons import because


@pytest.mark.parametrize(
    ("environment", "chinese"),
    [
        ({}, False),
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, False),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW"}, True),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "", "LC_ALL": "zh_CN"}, True),
        ({"LANG": "de_DE.UTF-8"}, False),
    ],
)
def test_the_locale_decides(environment: dict[str, str], chinese: bool) -> None:
    assert is_chinese(environment) is chinese


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("zh_CN.UTF-8", "name: 请填写名称，最多 40 个字符。"),
        ("C", "name: Please give a name of at most 40 characters."),
    ],
)
def test_a_refusal_names_its_input(monkeypatch: pytest.MonkeyPatch, locale: str, words: str) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert said(Refused("floor.display_name", field="name", most=40)) == words


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("zh_CN.UTF-8", ("设置有误：", "listen.http_prot: 未知的键", "duty.ring_seconds: 不能小于 1。")),
        ("C", ("wrong settings:", "listen.http_prot: This key is not known", "duty.ring_seconds: At least 1 was")),
    ],
)
def test_wrong_settings_are_said_with_file_key_and_expectation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locale: str, words: tuple[str, ...]
) -> None:
    (tmp_path / "hotline.toml").write_text("[listen]\nhttp_prot = 1\n[duty]\nring_seconds = 0\n", "utf-8")
    monkeypatch.setenv("HOTLINE_HOME", str(tmp_path))
    monkeypatch.setenv("LC_ALL", locale)
    result = CliRunner().invoke(main, ["user", "list"])
    assert result.exit_code == 1
    assert all(each in result.output for each in words), result.output
    assert str(tmp_path / "hotline.toml") in result.output


def test_what_the_catalogue_does_not_know_is_said_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert said(because("nothing.so_called", n=1)) == "nothing.so_called n=1"
