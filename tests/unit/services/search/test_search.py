"""Finding words: where they stand, at which second, and who may find what."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from hotline.domain.errors import WrongFields
from hotline.domain.forms.form import FORM, Origin
from hotline.domain.people import Actor, Role
from hotline.domain.recordings.transcript import TRANSCRIPT, Side
from hotline.domain.search.search import normalised, places, snippet, words_of
from hotline.services.forms.forms import form_of
from hotline.services.search.search import Question, search
from hotline.services.search.view import found_view
from hotline.services.searched import FoundText
from hotline.storage.audit import AuditLog
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Storage
from tests.support.said import keep_said
from tests.support.sample_calls import MONDAY_TEN, answered_call
from tests.unit.storage.search.test_store import keep_form

NOW = MONDAY_TEN + timedelta(hours=1)
EXAMINER = Actor("wu", (Role.EXAMINER,), "吴", 1)


def an_operator(extension: str | None, name: str = "赵敏") -> Actor:
    return Actor("op", (Role.OPERATOR,), name, 2, extension)


def found(storage: Storage, q: str, who: Actor = EXAMINER, **more: object) -> list[FoundText]:
    return list(search(storage, Question(q, **more), who, 20, NOW).found)  # type: ignore[arg-type]


def shown(each: FoundText) -> list[str]:
    return [
        "".join(f"[{text}]" if is_found else text for text, is_found in place.snippet.parts) for place in each.shown
    ]


def test_what_was_said_is_found_with_side_second_and_words_around(storage: Storage) -> None:
    recording_id = keep_said(storage, answered_call(), NOW, "你好 我 要 投诉 你们 我 要 投诉", "好的 请 稍等")
    [one] = found(storage, "要投诉")
    assert (one.side, one.count, one.second) == (Side.CALLER, 2, 2.0)
    assert [(place.from_second, place.to_second) for place in one.shown] == [(2.0, 3.8), (6.0, 7.8)]
    assert shown(one)[0] == "你好我[要投诉]你们我[要投诉]"
    assert one.stored is not None and one.recording_id == recording_id
    view = found_view(one)
    assert (view.kind, view.side, view.answered_by) == ("transcript", "caller", "1002")
    assert view.number_shown == "13800138000"
    assert found(storage, "投诉 稍等") == []  # each is said, but by two people


def test_what_was_written_is_found_with_its_field(storage: Storage) -> None:
    form = keep_form(storage, "1", "", handling="已 退款，编号 A3-X9", fields={"model": "蓝鲸"})
    [one] = found(storage, "退款 a3-x9")
    assert (one.kind, one.source_id) == (FORM, form.id) and [place.field for place in one.shown] == ["handling"]
    assert shown(one) == ["已 [退款]，编号 [A3-X9]"]
    assert [place.field for place in found(storage, "蓝鲸")[0].shown] == ["fields.model"]
    assert found(storage, "退款", where=TRANSCRIPT) == [] and len(found(storage, "退款", where=FORM)) == 1


def test_operators_find_their_own_calls_and_records_only(storage: Storage) -> None:
    keep_said(storage, answered_call(), NOW, "投诉")
    keep_form(storage, "x", "投诉", owner="1003", owner_name="孙强")
    keep_form(storage, "y", "投诉", owner="13900000000", owner_name="孙强", origin=Origin.DUTY)
    assert len(found(storage, "投诉", an_operator("1003", "孙强"))) == 2
    assert found(storage, "投诉", an_operator(None, "")) == []
    assert found(storage, "投诉", an_operator("1003"), operator="1002") == []
    assert len(found(storage, "投诉")) == 3 and len(found(storage, "投诉", operator="1002")) == 1


def test_operators_see_no_whole_number_of_a_caller(storage: Storage) -> None:
    keep_form(storage, "1", "退款", callback_number="+8613800138000")
    [one] = found(storage, "13800138000", an_operator("1001"))
    assert "13800138000" not in str(found_view(one)) and "138****8000" in str(found_view(one))
    assert "13800138000" in str(found_view(found(storage, "13800138000")[0]))


def test_each_question_stands_in_the_audit_log_and_a_page_of_words_is_refused(storage: Storage) -> None:
    with pytest.raises(WrongFields) as refused:
        found(storage, "投" * 201)
    assert refused.value.problems == {"q": "too_long"}
    assert found(storage, " \t ") == []
    keep_form(storage, "1", "退款")
    found(storage, "退款 ")
    with storage.reading() as tx:
        assert [(e["who"], e["action"], e["detail"]) for e in AuditLog(tx).latest(10)] == [
            ("wu", "search", "退款: 1 found")
        ]


def test_pages_say_whether_there_is_more(storage: Storage) -> None:
    for n in range(5):
        keep_form(storage, str(n), "退款", called_at=MONDAY_TEN + timedelta(minutes=n))
    first = search(storage, Question("退款"), EXAMINER, 3, NOW)
    rest = search(storage, Question("退款"), EXAMINER, 3, NOW, 3)
    assert (len(first.found), first.more, len(rest.found), rest.more) == (3, True, 2, False)


def test_a_record_that_changes_hands_is_found_by_who_has_it(storage: Storage) -> None:
    form = keep_form(storage, "1", "退款")
    with storage.writing() as tx:
        FormStore(tx).update(dataclasses.replace(form, owner="1002", version=2), 1)
        assert form_of(tx, "node1", "1") is not None
    assert found(storage, "退款", an_operator("1001")) == [] and len(found(storage, "退款", an_operator("1002"))) == 1


def test_places_are_those_of_the_text_as_it_was_written() -> None:
    text = "Ｔｅｌ ㈱ 退\u200b款 TEL"
    assert [(p.start, p.end) for p in places(text, words_of("tel 退款"))] == [(0, 3), (6, 9), (10, 13)]
    assert normalised(text) == "tel (株) 退款 tel"
    assert snippet("退款" * 100, places("退款" * 100, ["退款"])).cut_after
