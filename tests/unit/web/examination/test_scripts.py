"""The scripts of the examiner's page: hostile words stay text, and each is small. Their logic is tested by node."""

from __future__ import annotations

import re

from hotline.settings.home import TREE

SCRIPTS = sorted((TREE / "hotline" / "web" / "static" / "js" / "examination").glob("*.js"))
FORBIDDEN = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\(.style"
)


def test_no_script_makes_markup_of_data() -> None:
    assert SCRIPTS
    assert [path.name for path in SCRIPTS if FORBIDDEN.search(path.read_text("utf-8"))] == []


def test_each_script_is_small() -> None:
    assert [path.name for path in SCRIPTS if len(path.read_text("utf-8").splitlines()) > 250] == []
