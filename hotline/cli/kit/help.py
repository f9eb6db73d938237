"""Help, headings of tables and click's own words in Chinese, under a Chinese locale (`language.is_chinese`)."""

from __future__ import annotations

import copy
import importlib
import inspect
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import click

from hotline.cli.kit.language import is_chinese

_CHINESE = Path(__file__).parent / "zh.po"
#: Where click says something: each of these modules takes its words by this name.
_CLICK = ("core", "exceptions", "types", "decorators", "formatting", "termui", "parser")
_BLANKS = re.compile(r"\s+")
#: Terminals show a Chinese character as wide as two others, and click counts characters.
NARROW = 56


def chinese(text: str) -> str:
    """Paragraph by paragraph; what has no Chinese stays."""
    known = _catalogue()
    paragraphs = (_BLANKS.sub(" ", each).strip() for each in re.split(r"\n\s*\n", inspect.cleandoc(text)))
    return "\n\n".join(known.get(each, each) for each in paragraphs)


def heading(text: str) -> str:
    return _catalogue().get(text, text) if is_chinese() else text


def command_in_language(command: click.Command) -> click.Command:
    """The command as it is under an English locale; a copy of it with Chinese help under a Chinese one."""
    return _in_chinese(command) if is_chinese() else command


def speak() -> None:
    """Let click say its own words in the language of the command line."""
    for name in _CLICK:
        module = importlib.import_module(f"click.{name}")
        for function, said in (("_", _said), ("ngettext", _counted)):
            if hasattr(module, function):
                setattr(module, function, said)


def _said(text: str) -> str:
    return _catalogue().get(text, text) if is_chinese() else text


def _counted(one: str, several: str, n: int) -> str:
    return _said(one if n == 1 else several)


def _in_chinese(command: click.Command) -> click.Command:
    spoken = copy.copy(command)
    if command.help:
        spoken.help = chinese(command.help)
        # click would cut what it takes for one long word.
        spoken.short_help = spoken.help.partition("\n\n")[0].partition("。")[0]
    spoken._help_option = None  # noqa: SLF001 - click keeps it with the words that it was first shown in
    spoken.params = [parameter_in_language(each) for each in command.params]
    if isinstance(command, click.Group) and isinstance(spoken, click.Group):
        spoken.commands = {name: _in_chinese(each) for name, each in command.commands.items()}
    return spoken


def parameter_in_language(parameter: click.Parameter) -> click.Parameter:
    if not is_chinese() or not isinstance(parameter, click.Option) or not parameter.help:
        return parameter
    spoken = copy.copy(parameter)
    spoken.help = chinese(parameter.help)
    return spoken


@cache
def _catalogue() -> Mapping[str, str]:
    from babel.messages.pofile import read_po

    with _CHINESE.open("rb") as file:
        return {str(each.id): str(each.string) for each in read_po(file) if each.id}
