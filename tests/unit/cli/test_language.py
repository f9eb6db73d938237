"""The command line speaks Chinese under a Chinese locale, and English else: refusals, messages, help, headings."""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import hotline.cli
from hotline.cli import main
from hotline.cli.kit import help as help_in_chinese
from hotline.cli.kit.help import chinese
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


def _words_of(command: click.Command) -> Iterator[str]:
    """All that help says of the command and what is below it, paragraph by paragraph."""
    options = [each.help for each in command.params if isinstance(each, click.Option) and each.help]
    for text in filter(None, (command.help, *options)):
        yield from (" ".join(part.split()) for part in re.split(r"\n\s*\n", inspect.cleandoc(text)))
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from _words_of(inner)


def _headings() -> set[str]:
    """Of the tables and records that the commands print: whatever stands in a tuple of words or as a key there."""
    found: set[str] = set()
    for file in sorted(Path(hotline.cli.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("columns", "heading", "values"):
                found |= _constants(node.value)
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print_table", "print_record"):
                found |= _constants(node.args[0])
    return found - {""}


def _constants(node: ast.expr) -> set[str]:
    parts = node.elts if isinstance(node, ast.Tuple | ast.List) else node.keys if isinstance(node, ast.Dict) else []
    return {each.value for each in parts if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def test_all_help_and_every_heading_is_chinese_under_a_chinese_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    words = {*_words_of(main), *_headings()}
    assert len(words) > 250
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    the_same = {"MB"}
    assert sorted(each for each in words - the_same if chinese(each) == each) == []


def test_the_catalogue_has_no_help_that_is_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    said_somewhere = {*_words_of(main), *_headings()}
    catalogue = Path(help_in_chinese.__file__).with_name("zh.po").read_text("utf-8").partition("# click's own words")[0]
    known = {json.loads(line.removeprefix("msgid ")) for line in catalogue.splitlines() if line.startswith("msgid ")}
    assert sorted(known - said_somewhere - {""}) == []


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--help"], 0, ("用法：", "选项", "命令", "通话台账", "显示版本号")),
        (["calls", "--help"], 0, ("--limit", "默认：50", "输出 JSON")),
        (["roster", "add", "--help"], 0, ("安排 PERSON 值班", "必填")),
        (["user", "add"], 2, ("错误：缺少参数", "用法见")),
        (["calls", "--limit", "x"], 2, ("'--limit' 的值不对", "不是有效的数字")),
        (["calls", "--outcome", "x"], 2, ("不在可选值",)),
        (["calls", "x"], 2, ("多余的参数",)),
        (["recordings", "expire", "--foo"], 2, ("没有选项",)),
        (["xyzzy"], 2, ("没有命令",)),
        (["customers", "import", "/no/such/file"], 2, ("不存在",)),
    ],
)
def test_click_says_its_own_words_in_chinese(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == code
    assert [each for each in words if each not in result.output] == [], result.output
    left = ("Usage", "Options", "Commands", "Error", "Missing", "Show", "Invalid", "No such", "default", "required")
    assert [each for each in left if each in result.output] == [], result.output
    monkeypatch.setenv("LC_ALL", "C")
    assert "Usage:" in CliRunner().invoke(main, ["--help"]).output
