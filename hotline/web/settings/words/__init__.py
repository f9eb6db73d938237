"""What each key is called and what it does, in words: of every setting, of what an entry of a table has, and of
columns. "*" stands for the name of an entry, "#" for what that name is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import get_origin

from flask_babel import LazyString

from hotline.discovery import together
from hotline.settings.decidable import annotation_of
from hotline.web.settings.fields import taken_apart
from hotline.web.settings.words.choices import CHOICES
from hotline.web.settings.words.key_words import KeyWords
from hotline.web.settings.words.sections import SECTIONS


@cache
def words() -> Mapping[str, KeyWords]:
    """By key, of all modules beside this one that tell some. Raises ValueError when two tell of the same one."""
    modules = (import_module(f"{__name__}.{each.name}") for each in iter_modules(__path__))
    return together(module.WORDS for module in modules if hasattr(module, "WORDS"))


def name_of(key: str) -> LazyString | str:
    """What a key, an entry's name or a section is called; a key that has no words by itself."""
    pattern = pattern_of(key)
    found = words().get(pattern)
    return found.name if found else SECTIONS.get(pattern, key)


def help_of(key: str) -> LazyString | str:
    """One sentence on it; "" of what has none."""
    found = words().get(pattern_of(key))
    return found.help if found else ""


def choice_word(key: str, value: str) -> LazyString | str:
    """What one of the choices of a key is called; the value itself where it is known by that."""
    return CHOICES.get((pattern_of(key), value)) or CHOICES.get(("*", value)) or value


@cache
def pattern_of(key: str) -> str:
    """A key with "*" in place of the names that the site gave: lines.*.number of lines.main.number."""
    names = key.split(".")
    return ".".join(_place(names, at) for at in range(len(names)))


def _place(names: list[str], at: int) -> str:
    if names[at] in ("#", "*") or at == 0:
        return names[at]
    plain, _marks = taken_apart(annotation_of(".".join(names[:at])))
    return "*" if get_origin(plain) is dict else names[at]
