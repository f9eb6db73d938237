"""Every word of the screens stands in the Chinese catalogue, translated."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from hotline.settings.home import TREE
from hotline.web.kit import i18n

KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None}


def source_texts() -> set[str]:
    with (TREE / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    methods = [(pattern.removeprefix("hotline/web/"), method) for pattern, method in methods]
    options = {pattern.removeprefix("hotline/web/"): value for pattern, value in options.items()}
    found = extract_from_dir(TREE / "hotline" / "web", methods, options, KEYWORDS)
    return {text[0] if isinstance(text, tuple) else text for _file, _line, text, _comments, _context in found}


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    with (TREE / "hotline/web/translations/zh/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="zh")


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def text_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def strings(message: Message) -> list[str]:
    return [message.string or ""] if isinstance(message.string, str | None) else list(message.string)


def test_the_catalogue_holds_the_texts_of_the_source_and_no_others(chinese: Catalog) -> None:
    known = {text_of(message) for message in messages(chinese)}
    assert source_texts() - known == set(), "not in the catalogue"
    assert known - source_texts() == set(), "no longer used"
    assert not chinese.obsolete


def test_each_text_stands_once() -> None:
    """Of two translations of one text, one is lost."""
    file = (TREE / "hotline/web/translations/zh/LC_MESSAGES/messages.po").read_text("utf-8")
    texts = re.findall(r"^msgid ((?:\".*\"\n)+)", file, re.MULTILINE)
    assert sorted(text for text in texts if texts.count(text) > 1) == []


def test_everything_is_translated_and_nothing_is_a_guess(chinese: Catalog) -> None:
    assert [m.id for m in messages(chinese) if m.fuzzy or not all(strings(m))] == []


def test_placeholders_are_the_same_in_both_languages(chinese: Catalog) -> None:
    def places(text: str) -> list[str]:
        return sorted(re.findall(r"%\((\w+)\)", text))

    assert [m.id for m in messages(chinese) if any(places(s) != places(text_of(m)) for s in strings(m))] == []


def test_templates_have_no_words_outside_the_catalogue() -> None:
    """Text between tags, and titles, labels and placeholders, come through _()."""
    letter = r"[A-Za-z\u4e00-\u9fff]"
    between = re.compile(rf">\s*({letter}[^<>{{}}]*?)\s*<")
    within = re.compile(rf'(?:title|placeholder|aria-label|alt)="([^"]*{letter}[^"]*)"')
    proper = re.compile(
        r"400|SHA-256|xlsx|csv|CSV|SQL|[A-G][0-9]{1,2}|Ctrl\+\S+"
    )  # the rules go by their ids, keys by their names
    found = []
    for path in (TREE / "hotline/web/templates").rglob("*.html"):
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        words = [*between.findall(text), *within.findall(text)]
        found += [f"{path.name}: {word}" for word in words if not proper.fullmatch(word)]
    assert found == []


def test_catalogues_are_compiled_where_missing_or_old(tmp_path: Path) -> None:
    compiled = tmp_path / "zh" / "LC_MESSAGES" / "messages.mo"
    i18n.compile_catalogues(tmp_path)
    first = compiled.stat().st_mtime_ns
    i18n.compile_catalogues(tmp_path)
    assert compiled.stat().st_mtime_ns == first
    long_ago = time.time() - 10**8
    os.utime(compiled, (long_ago, long_ago))
    i18n.compile_catalogues(tmp_path)
    assert compiled.stat().st_mtime > long_ago + 1
    assert [path.name for path in compiled.parent.iterdir()] == ["messages.mo"]
