"""What is said of a refusal on the command line: in Chinese under a Chinese locale, in English else."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from hotline.domain.reasons import Coded, Reason
from hotline.domain.rules.rule import Text
from hotline.settings import SettingsError
from hotline.web.kit.catalogue import chinese
from hotline.web.kit.refusals.registry import say


def said(told: Coded | Reason) -> str:
    """The words for its code, with its values; the input that it is about comes first."""
    words = say(told, _translation())
    return f"{told.field}: {words}" if isinstance(told, Coded) and told.field else words


def said_of_settings(error: SettingsError) -> list[str]:
    """A line for each wrong setting: file, key, what was expected."""
    return [f"{problem.place}: {said(problem.expected)}" for problem in error.problems]


def is_chinese(environment: Mapping[str, str] | None = None) -> bool:
    """Whether messages are Chinese: the first of LC_ALL, LC_MESSAGES and LANG that is set says so."""
    known = os.environ if environment is None else environment
    chosen = next((known[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if known.get(name)), "")
    return chosen.lower().startswith("zh")


def in_language(text: Text) -> str:
    return text.zh if is_chinese() else text.en


def _translation() -> Callable[[str], str]:
    return chinese if is_chinese() else str
