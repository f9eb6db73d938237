"""Settings are found by what they are called, by their key and by what they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hotline.services.settings.view import SettingShown
from hotline.web.settings.administration import value_said
from hotline.web.settings.groups import is_table
from hotline.web.settings.words import help_of, name_of

#: So many are shown; whoever finds more looks for something more exact.
MOST_FOUND = 60


@dataclass(frozen=True, slots=True)
class Found:
    """`entry`: of a table, "" for a setting by itself."""

    key: str
    entry: str
    value: str


def found_by(asked: str, shown: Iterable[SettingShown]) -> list[Found]:
    """Those that have every word that was asked for; those whose name or key has them come first."""
    words = asked.casefold().split()
    found = [each for setting in shown for each in _candidates(setting)]
    by_name = [each for each in found if _has(words, f"{each.key} {each.entry} {name_of(each.key)}")]
    by_rest = [each for each in found if each not in by_name and _has(words, _all(each))]
    return [*by_name, *by_rest][:MOST_FOUND]


def _candidates(setting: SettingShown) -> list[Found]:
    own = Found(
        setting.key, "", value_said(setting.key, setting.value if setting.value is not None else setting.is_set)
    )
    if not is_table(setting.key):
        return [own]
    entries = setting.value.items()
    return [own, *(Found(setting.key, name, value_said(f"{setting.key}.{name}", entry)) for name, entry in entries)]


def _all(found: Found) -> str:
    return f"{found.key} {found.entry} {name_of(found.key)} {help_of(found.key)} {found.value}"


def _has(words: list[str], text: str) -> bool:
    text = text.casefold()
    return all(word in text for word in words)
