"""The documentation names only what there is: commands, options, settings, variables, files, cases."""

from __future__ import annotations

import os
import re
import shlex
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from babel.messages.pofile import read_po
from pydantic import BaseModel

from hotline.cli import main
from hotline.domain.calls.call import Direction, Outcome
from hotline.domain.reports.standard import STANDARD
from hotline.domain.rules.registry import RULES
from hotline.domain.rules.rule import Kind
from hotline.services.calls.view import CallView, RecordingView
from hotline.settings import Home, load_settings
from hotline.settings.decidable import keys
from hotline.settings.home import TREE
from hotline.settings.load import NOT_SETTINGS, SHORT_VARIABLES
from hotline.settings.schema import Settings
from hotline.web.kit.alerts_shown import alert_words

READMES = (TREE / "README.md", TREE / "README.zh-CN.md")
CATALOGUE = TREE / "hotline/web/translations/zh/LC_MESSAGES/messages.po"
PAGES = (*READMES, TREE / "CHANGELOG.md", *sorted((TREE / "docs").rglob("*.md")))

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
#: What our commands are called, in front of their arguments and behind settings for that one call.
CALLED = re.compile(r"^(?:[A-Z_]+=\S+ )*(?:scripts/)?hotline\s+(.*)$")
FOLDERS = ("config", "docs", "greetings", "hotline", "ivr", "recordings", "scripts", "tests")

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def fenced(page: Path, language: str) -> list[str]:
    return [body for kind, body in FENCE.findall(page.read_text("utf-8")) if kind == language]


def spans(page: Path) -> list[str]:
    """Code within sentences and tables."""
    return CODE.findall(FENCE.sub("", page.read_text("utf-8")))


def shell_lines(page: Path) -> list[str]:
    """The commands to be typed, without their comments."""
    lines = "".join(fenced(page, "sh")).splitlines()
    return [line for line in (re.sub(r"(^|\s+)#.*", "", line) for line in lines) if line.strip()]


def command_at(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that these words lead to, and what is left of them. Raises UsageError."""
    command: click.Command = main
    context = click.Context(command)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(context, words[0])
        if found is None:
            raise click.UsageError(f"no such command: {words[0]}")
        command, words = found, words[1:]
    return command, words


def unknown_options(command: click.Command, words: list[str]) -> list[str]:
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    return [word for word in words if word.startswith("--") and word.partition("=")[0] not in known | {"--help"}]


@pages
def test_commands_to_be_typed_are_taken_by_the_command_line(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With all their options and arguments, as click reads them."""
    monkeypatch.chdir(tmp_path)
    for line in shell_lines(page):
        called = CALLED.match(line.split(" | ")[0])
        if called is None:
            continue
        words = shlex.split(called[1])
        for word in words:
            if word.endswith((".csv", ".xlsx")):
                Path(word).touch()
        command, left = command_at(words)
        if {"--help", "--version"}.isdisjoint(left):
            try:
                command.make_context(line, list(left))
            except click.ClickException as error:
                pytest.fail(f"{page.name}: {line}: {error.format_message()}")


@pages
def test_commands_that_are_mentioned_exist(page: Path) -> None:
    for span in spans(page):
        called = CALLED.match(span)
        words = re.sub(r"[…<\[].*", "", called[1]).split() if called else []
        try:
            command, left = command_at(words)
        except click.UsageError as error:
            pytest.fail(f"{page.name}: `{span}`: {error.format_message()}")
        assert unknown_options(command, left) == [], f"{page.name}: `{span}`"


@pages
def test_scripts_that_are_called_exist(page: Path) -> None:
    called = re.findall(r"\bscripts/([a-z][a-z-]*)", page.read_text("utf-8"))
    assert [name for name in called if not (TREE / "scripts" / name).exists()] == []


def _section(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    """The section behind a key's type, and whether the site names its entries itself."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, False
    if typing.get_origin(annotation) in (dict, tuple, typing.Annotated, typing.Union, types.UnionType):
        found = [_section(part)[0] for part in typing.get_args(annotation)]
        return next((each for each in found if each), None), typing.get_origin(annotation) is dict
    return None, False


def is_setting(key: str) -> bool:
    section: type[BaseModel] | None = Settings
    parts = iter(key.split("."))
    for part in parts:
        field = section.model_fields.get(part) if section else None
        if field is None:
            return False
        section, named = _section(field.annotation)
        if named:
            next(parts, None)
    return True


def settings_named(page: Path) -> Iterator[str]:
    """`duty.ring_seconds`, `queues.<id>.members`, `trunk.qualify_seconds = 0`; of `[trunk]` the section."""
    sections = "|".join(Settings.model_fields)
    key = re.compile(rf"((?:{sections})\.[a-z0-9_.<>]+)(?: = .*)?|\[([a-z_]+)(?:\.\S+)?\]")
    for found in map(key.fullmatch, (span for span in spans(page) if not span.endswith(".conf"))):
        if found and (not found[0].startswith("settings.") or found[0] in keys()):  # else a code or Python's own
            yield found[1] or found[2]


@pages
def test_settings_that_are_named_exist(page: Path) -> None:
    assert [key for key in settings_named(page) if not is_setting(key)] == []


@pages
def test_settings_that_are_shown_are_valid(page: Path, tmp_path: Path) -> None:
    """All settings blocks of a page one after the other; each alone would do, and loads or says what is wrong."""
    home = Home(tmp_path)
    for block in fenced(page, "toml"):
        home.settings_file.write_text(block, "utf-8")
        if set(re.findall(r"^\[+([a-z_]+)", block, re.MULTILINE)) <= set(Settings.model_fields):
            load_settings(home, environment={})


def known_elsewhere() -> str:
    """Variables that scripts and tests read are found in their text."""
    files = [*(TREE / "scripts").rglob("*"), *(TREE / "tests").rglob("*.py")]
    return "\n".join(
        file.read_text("utf-8", "replace")
        for file in files
        if file.is_file() and file.suffix in ("", ".sh", ".py") and file != Path(__file__)
    )


@pages
def test_variables_that_are_named_exist(page: Path) -> None:
    named = set(re.findall(r"\bHOTLINE_[A-Z_]*[A-Z]\b", page.read_text("utf-8")))
    text = known_elsewhere()
    for variable in named - set(SHORT_VARIABLES) - NOT_SETTINGS:
        key = variable.removeprefix("HOTLINE_").lower().replace("__", ".")
        assert is_setting(key) if "__" in variable else variable in text, f"{page.name}: {variable}"


@pages
def test_files_that_are_linked_or_named_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []
    named = [span for span in spans(page) if re.fullmatch(rf"(?:{'|'.join(FOLDERS)})/[\w./-]+", span)]
    assert [path for path in named if not (TREE / path).exists()] == []


#: *Line › Holidays*, also over the end of a line.
WAY = re.compile(r"(?<![\w`*])\*{1,3}([^*`]{1,80}[›→][^*`]{1,80})\*{1,3}(?!\w)")


def ways_named(page: Path) -> list[str]:
    """Each step of the ways by menus, tabs and buttons."""
    found = WAY.findall(FENCE.sub("", page.read_text("utf-8")))
    return [" ".join(step.split()) for way in found for step in re.split("[›→]", way)]


def shown_words() -> set[str]:
    """What stands on the pages in either language."""
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file) if isinstance(message.id, str)]
    titles = {word for report in STANDARD.values() for word in (report.title.zh, report.title.en)}
    return {word for message in messages for word in (str(message.id), str(message.string))} | titles


@pages
def test_ways_through_the_pages_that_are_named_exist(page: Path) -> None:
    assert sorted(set(ways_named(page)) - shown_words()) == []


@pages
def test_cases_that_are_named_exist(page: Path) -> None:
    named = [span for span in spans(page) if re.fullmatch(r"calls/[a-z_]+", span)]
    assert [case for case in named if not (TREE / "tests" / "e2e" / case / "scenario.toml").exists()] == []


def test_no_page_holds_paths_of_a_machine() -> None:
    for page in PAGES:
        assert not re.search(r"/(work|tmp|root|home/\w+)/", page.read_text("utf-8")), page.name


def test_both_readmes_have_the_same_sections_commands_rules_and_pictures() -> None:
    """What is added to one must be added to the other."""
    english, chinese = READMES

    def shape(page: Path) -> list[str]:
        text = FENCE.sub(lambda found: f"```{found[1]}", page.read_text("utf-8"))
        return re.findall(r"^(?:#+(?= )|```\w*|\| (?=[A-G]\d)[A-G]\d+)", text, re.MULTILINE)

    def cases(page: Path) -> list[str]:
        return [span for span in spans(page) if span.startswith("calls/")]

    assert shape(english) == shape(chinese)
    assert shell_lines(english) == shell_lines(chinese)
    assert cases(english) == cases(chinese)


def test_every_command_stands_in_the_readme() -> None:
    named = set(re.findall(r"[a-z]+", " ".join(spans(READMES[0]) + shell_lines(READMES[0]))))
    assert set(main.list_commands(click.Context(main))) - named == set()


@pytest.mark.parametrize("wrong", ["callz", "roster ad", "calls --sinse 1", "line close"])
def test_a_wrong_command_would_be_seen(wrong: str) -> None:
    """The tests above can fail."""
    with pytest.raises(click.ClickException):
        command, left = command_at(wrong.split())
        command.make_context("", left)


def test_a_wrong_key_would_be_seen() -> None:
    assert is_setting("duty.ring_seconds") and is_setting("queues.<id>.members") and is_setting("menus.main.keys")
    assert not is_setting("duty.rings") and not is_setting("queues.<id>.rings") and not is_setting("dutie")
    assert os.path.isdir(TREE / "docs")


def test_every_field_of_a_call_and_every_outcome_stands_in_the_ledgers_page() -> None:
    page = TREE / "docs" / "ledger.md"
    named = set(spans(page))
    assert {*CallView.model_fields, *RecordingView.model_fields, *Outcome, *Direction} - named == set()


def test_every_alert_stands_in_the_page_on_operations() -> None:
    assert set(alert_words()) - set(spans(TREE / "docs" / "operations.md")) == set()


def test_the_page_of_rules_is_the_registry() -> None:
    """One line a rule: what it says, what is done about it, by which figure."""
    page = (TREE / "docs/rules.md").read_text("utf-8")
    lines = [line for line in page.splitlines() if re.match(r"\| [A-Q][0-9]", line)]
    assert lines == [
        f"| {rule.id} | {''.join(kind for kind in Kind if kind in rule.kinds)} | {rule.title.en} | "
        f"{(rule.figure.en if rule.figure else '') + (' (ours)' if rule.ours else '')} | "
        f"{', '.join(f'`{setting}`' for setting in rule.settings)} | "
        f"{'; '.join(f'《{source.regulation}》{source.clause}' for source in rule.sources)} |"
        for rule in RULES.values()
    ]


def test_the_proxy_that_is_described_lets_every_form_through() -> None:
    """nginx takes 1 MB where nothing is said; the pages bound each form themselves, and say so in words."""
    page = (TREE / "docs/console-phone.md").read_text("utf-8")
    nginx = page.partition("```nginx\n")[2].partition("```")[0]
    assert "client_max_body_size 0;" in nginx
    assert nginx.count("proxy_pass http://127.0.0.1:8400;") == 2
    assert nginx.count("{") == nginx.count("}")
