"""Words in the list of log forms: found by the index of search where few have them, by going through the list where
many do; the same either way, and numbers as whoever asks may."""

from __future__ import annotations

import pytest

from hotline.domain.forms.form import FormState
from hotline.domain.people import Actor, Role
from hotline.services import words_among
from hotline.services.forms.search import AskedForms, find_forms, wanted_forms
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING, a_call
from tests.support.sample_forms import open_form

BOSS = Actor("boss", (Role.SUPERVISOR,), "主管", 1)
LI = Actor("li", (Role.OPERATOR,), "李", 2, "1002")


@pytest.fixture(params=[5000, 1], ids=["by the index", "through the list"])
def most(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(words_among, "MOST_FOUND", request.param)
    found: int = request.param
    return found


@pytest.fixture
def filled(storage: Storage) -> Storage:
    with storage.writing() as tx:
        FormStore(tx).add(
            [
                open_form(a_call("1"), MORNING, content="水壶漏水", handling="已换"),
                open_form(a_call("2"), MORNING, content="门铃漏水", caller_name="王芳", state=FormState.DONE),
                open_form(a_call("3"), MORNING, content="打印机 100% 卡纸", callback_number="010-88886666"),
                open_form(a_call("4"), MORNING, number="", content="也可拨 13800138000"),
            ]
        )
    return storage


def _found(storage: Storage, q: str, actor: Actor = BOSS, state: str = "all") -> list[str]:
    with storage.reading() as tx:
        wanted = wanted_forms(tx, AskedForms(state, "all", q=q), actor, MORNING)
        forms, total = find_forms(tx, wanted, 50)
    assert total == len(forms)
    return sorted(each.linkedid for each in forms)


def test_b1_words_are_found_in_any_text_of_a_record(filled: Storage, most: int) -> None:
    assert _found(filled, "漏水") == ["1", "2"]
    assert _found(filled, "漏水", state="open") == ["1"]
    assert _found(filled, "王芳 漏水") == ["2"], "each word may stand in another field"
    assert _found(filled, "已换") == ["1"]
    assert _found(filled, "100%") == ["3"] and _found(filled, "_") == []
    assert _found(filled, "漏气") == []


def test_a14_numbers_are_asked_for_as_far_as_whoever_asks_may(filled: Storage, most: int) -> None:
    assert _found(filled, "138 0013 8000") == ["1", "2", "3"]
    assert _found(filled, "8888666") == ["3"]
    assert _found(filled, "8000", LI) == ["1", "2", "3", "4"], "the last four digits; and what somebody wrote"
    assert _found(filled, "0013800", LI) == ["4"], "a part of a number asks for nothing"
    assert _found(filled, "王芳 8000", LI) == []


def test_no_more_are_counted_than_the_page_says(filled: Storage) -> None:
    with filled.reading() as tx:
        wanted = wanted_forms(tx, AskedForms("all", "all"), BOSS, MORNING)
        assert find_forms(tx, wanted, 2, 0, 3)[1] == 3 and find_forms(tx, wanted, 2)[1] == 4
