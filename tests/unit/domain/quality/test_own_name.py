"""How operators say their own name (C1)."""

from __future__ import annotations

import pytest

from hotline.domain.quality.own_name import ways_of, with_name


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("李明", ("李明", "小李", "姓李")),
        ("欧阳小红", ("欧阳小红", "小欧阳", "姓欧阳")),
        ("Bob", ()),
        ("李", ()),
        ("", ()),
        ("1001", ()),
    ],
)
def test_each_way_of_saying_it(name: str, ways: tuple[str, ...]) -> None:
    assert ways_of(name) == ways


def test_a_phrase_that_nobody_can_say_is_left_out() -> None:
    assert with_name(("您好", "{name}|工号"), "Bob") == ("您好",)
    assert with_name(("您好", "{name}|工号"), "李明") == ("您好", "李明|小李|姓李|工号")
