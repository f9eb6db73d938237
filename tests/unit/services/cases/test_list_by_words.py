"""Words in a list of cases: found by the index where few have them, by going through the list where many do; the same
either way, and numbers as whoever asks may."""

from __future__ import annotations

import pytest

from hotline.domain.people import Actor, Role
from hotline.services import words_among
from hotline.services.cases.listing import AskedCases, Which, list_cases
from tests.support.cases import BOSS, CHIEF, LI, NUMBER, Desk, shanghai

NOW = shanghai(2026, 11, 16, 9)


@pytest.fixture(params=[5000, 1], ids=["by the index", "through the list"])
def most(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(words_among, "MOST_FOUND", request.param)
    found: int = request.param
    return found


def found(desk: Desk, text: str, actor: Actor = BOSS, **more: object) -> list[str]:
    asked = AskedCases(text=text, **more)  # type: ignore[arg-type]
    page = list_cases(desk.storage, asked, 50, 0, actor, NOW)
    assert page.total == len(page.cases)
    return sorted(each.title for each in page.cases)


def test_a_word_is_found_in_title_words_and_result(desk: Desk, most: int) -> None:
    desk.open(NOW, title="水壶漏水", content="用了两次")
    desk.open(NOW, title="门铃不响", content="按键漏水")
    desk.open(NOW, title="包装破损")
    assert found(desk, "漏水") == ["水壶漏水", "门铃不响"]
    assert found(desk, "漏气") == []
    assert found(desk, "漏水", which=Which.OVERDUE) == []
    assert found(desk, "20261116") == ["包装破损", "水壶漏水", "门铃不响"]
    assert found(desk, "100%") == [] and found(desk, "_") == []


def test_what_is_closed_is_found_by_its_result(desk: Desk, most: int) -> None:
    case = desk.acts(desk.open(NOW, "request", title="换货"), NOW, "close")
    assert found(desk, "办结") == [] and case.result == "已办结"
    assert found(desk, "办结", state=None) == ["换货"]


def test_a14_a_number_is_asked_for_as_far_as_whoever_asks_may(desk: Desk, most: int) -> None:
    desk.open(NOW, title="自己的号码")
    desk.open(NOW, title="说到号码", content="也可拨 13800138000", number="")
    for actor in (BOSS, CHIEF, LI):
        assert found(desk, "13800138000", actor) == ["自己的号码", "说到号码"]
    assert found(desk, "8000", LI) == ["自己的号码", "说到号码"]
    assert found(desk, "0013800", LI) == ["说到号码"], "a part of a number asks for nothing"
    assert found(desk, "0013800", CHIEF) == ["自己的号码", "说到号码"]
    leader = Actor("x", (Role.EXAMINER,), "x", 8)
    assert found(desk, "自己 13800138000", leader) == ["自己的号码"], "each word may stand in another place"
    assert found(desk, "自己 13800138000", LI) == [], "among others a number asks for nothing"
    assert NUMBER.endswith("8000")
