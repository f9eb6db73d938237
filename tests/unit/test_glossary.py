"""One word a thing on the screens too: what docs/glossary.md calls by another name stands nowhere in the catalogue."""

from __future__ import annotations

import re

from hotline.settings.home import TREE

CATALOGUE = TREE / "hotline" / "web" / "translations" / "zh" / "LC_MESSAGES" / "messages.po"
CHINESE = re.compile("[\u4e00-\u9fff]+")

#: A word of its own: the trunk over which we call back.
TRUNK = "回拨中继"


def not_our_words() -> set[str]:
    """Chinese in the last column of the glossary's tables."""
    rows = [line.split("|") for line in (TREE / "docs" / "glossary.md").read_text("utf-8").splitlines()]
    return {word for row in rows if len(row) > 6 for word in CHINESE.findall(row[-2])}


def test_the_screens_call_each_thing_by_one_word() -> None:
    others = not_our_words()
    assert {"案例", "话后整理", "回拨"} <= others
    said = [line for line in CATALOGUE.read_text("utf-8").splitlines() if not line.startswith(("msgid", "#"))]
    found = [(word, line) for line in said for word in others if word in line.replace(TRUNK, "")]
    assert found == []
