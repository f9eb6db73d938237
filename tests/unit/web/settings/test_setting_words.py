"""Each key of the settings stands on one page and has a name and a sentence in both languages (F8)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hotline.settings.decidable import keys
from hotline.web.settings.groups import GROUPS, group_of, is_table
from hotline.web.settings.inputs import Input, input_of, inputs_of_entry
from hotline.web.settings.words import help_of, name_of, pattern_of, words
from tests.support.web import Web, a_web


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Web:
    return a_web(tmp_path_factory.mktemp("words"))


def tables() -> list[str]:
    return [key for key in keys() if is_table(key)]


def wanted() -> Iterator[str]:
    """All that a page names: keys, what entries have, columns, and what names of entries and rows are."""
    yield from keys()
    for table in tables():
        yield f"{table}.#"
        for each in inputs_of_entry(f"{table}.1" if table == "departments" else f"{table}.x"):
            yield from _of(each)
    for key in keys():
        if not is_table(key) and key != "roster":
            yield from _of(input_of(key))


def _of(each: Input) -> Iterator[str]:
    yield pattern_of(each.key)
    if each.named:
        yield f"{pattern_of(each.key)}.#"
    yield from (pattern_of(column.key) for column in each.columns)


def test_each_key_stands_in_one_group() -> None:
    placed = [key for group in GROUPS for key in group.keys]
    assert sorted(placed) == sorted(keys())
    assert all(group_of(key) in GROUPS for key in keys())


def test_each_key_has_its_words_and_nothing_else_has(web: Web) -> None:
    assert set(wanted()) == set(words())


def test_each_is_named_and_helped_in_both_languages(web: Web) -> None:
    said = {}
    for language in ("en", "zh"):
        with web.app.test_request_context(headers={"Cookie": f"language={language}"}):
            said[language] = {key: (str(name_of(key)), str(help_of(key))) for key in wanted()}
    for key, english in said["en"].items():
        chinese = said["zh"][key]
        assert all(english) and all(chinese), key
        assert english[1] != chinese[1], key


def test_each_section_has_a_heading(web: Web) -> None:
    with web.app.test_request_context():
        for key in keys():
            section = key.rpartition(".")[0] or key
            assert str(name_of(section)) != section or section == "asterisk", section
