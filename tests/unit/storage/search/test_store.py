"""Full text search: every word is found where it stands, whatever it is, and nothing else."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from alembic import command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from hotline.domain.forms.form import FORM, CallForm, Origin
from hotline.domain.recordings.transcript import TRANSCRIPT, Side, TranscriptState
from hotline.domain.search.search import SearchFilter, normalised, whose_marks, words_of
from hotline.storage import migrate
from hotline.storage.forms.search_entry import form_entry
from hotline.storage.forms.store import FormStore
from hotline.storage.migrate import reindex
from hotline.storage.recordings.transcripts import TranscriptStore
from hotline.storage.search.store import SearchStore
from hotline.storage.search.tables import search_entry
from hotline.storage.search_index import SearchIndex
from hotline.storage.transaction import Storage
from tests.support.said import hear, keep_said
from tests.support.sample_calls import MONDAY_TEN, answered_call

NOW = MONDAY_TEN + timedelta(hours=1)


def a_form(linkedid: str, content: str, **changes: object) -> CallForm:
    fields: dict[str, object] = {
        "node": "node1",
        "linkedid": linkedid,
        "line": "main",
        "number": "+8613800138000",
        "called_at": MONDAY_TEN,
        "origin": Origin.OPERATOR,
        "owner": "1001",
        "owner_name": "赵敏",
        "created_at": NOW,
        "updated_at": NOW,
        "updated_by": "zhao",
        "content": content,
    }
    return CallForm(**{**fields, **changes})  # type: ignore[arg-type]


def keep_form(storage: Storage, linkedid: str, content: str, **changes: object) -> CallForm:
    with storage.writing() as tx:
        [form] = FormStore(tx).add([a_form(linkedid, content, **changes)])
    return form


def find(storage: Storage, query: str, limit: int = 20, offset: int = 0, **more: object) -> list[tuple[str, int]]:
    with storage.reading() as tx:
        wanted = SearchFilter(words_of(query), **more)  # type: ignore[arg-type]
        return [(hit.kind, hit.source_id) for hit in SearchStore(tx).find(wanted, limit, offset)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("投", True),
        ("投诉", True),
        ("要投诉", True),
        ("我要投诉你们", True),
        ("诉投", False),
        ("投你", False),
        ("A3", True),
        ("ａ3－x", True),
        ("a3-x9", True),
        ("x9", True),
        ("3-x8", False),
        ("a", True),
        ("13800138000", True),
        ("0013", True),
        ("01380", True),
        ("13801", False),
        ("退款 投诉", True),
        ("退款 发票", False),
        ("😀", True),
        ("😀😀", False),
        ("“退款”", True),
        ('"退款"', False),
        ("退*", False),
        ("100%", True),
        ("%", True),
        ("_", False),
        ("' OR 1=1 --", False),
        ("NEAR(退 款)", False),
        ("投诉 OR 没有", False),
        ("grams:投诉", False),
        ("(投诉", False),
        ("مرحبا", True),
        ("  ", False),
        ("", False),
        ("\x00", False),
        ("投\u200b诉", True),
        ("投" * 10_000, False),
    ],
)
def test_words_are_found_where_they_stand_and_only_there(storage: Storage, query: str, found: bool) -> None:
    form = keep_form(storage, "1", "我要投诉你们!\n型号A3-X9，要“退款”100% 😀 电话13800138000 مرحبا")
    keep_form(storage, "2", "别的", number="")
    assert find(storage, query) == ([(FORM, form.id)] if found else [])


def test_what_was_said_is_found_once_it_is_recognised_and_no_more_once_it_is_to_be_done_anew(storage: Storage) -> None:
    recording_id = keep_said(storage, answered_call(), NOW, "我 要 投诉", "请 稍等")
    with storage.reading() as tx:
        caller, ours = TranscriptStore(tx).of(recording_id)
    assert find(storage, "要投诉") == [(TRANSCRIPT, caller.id)]
    assert find(storage, "稍等", kind=TRANSCRIPT) == [(TRANSCRIPT, ours.id)]
    assert find(storage, "稍等", kind=FORM) == []
    hear(storage, recording_id, Side.CALLER, "我 要 退款", NOW)
    assert find(storage, "投诉") == [] and find(storage, "退款") == [(TRANSCRIPT, caller.id)]
    with storage.writing() as tx:
        TranscriptStore(tx).update(dataclasses.replace(caller, state=TranscriptState.PENDING, text="", words=()))
    assert find(storage, "退款") == []


def test_a_record_is_found_by_what_it_says_now(storage: Storage) -> None:
    form = keep_form(storage, "1", "咨询发票")
    with storage.writing() as tx:
        assert FormStore(tx).update(
            dataclasses.replace(form, content="要求退款", version=2, fields={"model": "蓝鲸"}), 1
        )
    assert find(storage, "发票") == [] and find(storage, "退款") == find(storage, "蓝鲸") == [(FORM, form.id)]
    with storage.writing() as tx:  # somebody was quicker: nothing is written, and nothing indexed
        assert not FormStore(tx).update(dataclasses.replace(form, content="发票"), 1)
    assert find(storage, "发票") == []


def test_the_newest_call_first_page_by_page_and_within_the_time(storage: Storage) -> None:
    ids = [keep_form(storage, str(n), "退款", called_at=MONDAY_TEN + timedelta(minutes=n % 3)).id for n in range(6)]
    in_order = [(FORM, ids[n]) for n in (5, 2, 4, 1, 3, 0)]
    assert find(storage, "退款") == in_order
    assert find(storage, "退款", limit=2, offset=2) == in_order[2:4]
    minute = timedelta(minutes=1)
    assert find(storage, "退款", since=MONDAY_TEN + minute, until=MONDAY_TEN + 2 * minute) == in_order[2:4]


def test_whose_it_is_follows_the_record(storage: Storage) -> None:
    form = keep_form(storage, "1", "退款")
    assert find(storage, "退款", whose=whose_marks("1001")) == [(FORM, form.id)]
    with storage.writing() as tx:
        FormStore(tx).update(dataclasses.replace(form, owner="1002", version=2), 1)
    assert find(storage, "退款", whose=whose_marks("1001")) == []
    assert find(storage, "退款", whose=whose_marks("1001") + whose_marks("1002")) == [(FORM, form.id)]
    duty = keep_form(storage, "2", "退款", owner="13900000000", owner_name="孙 强", origin=Origin.DUTY)
    assert find(storage, "退款", whose=whose_marks("9999", "孙 强")) == [(FORM, duty.id)]


def test_two_of_one_second_whose_ids_would_fall_together_are_both_found(storage: Storage) -> None:
    with storage.writing() as tx:
        [first] = FormStore(tx).add([a_form("1", "退款")])
    with storage.engine.begin() as connection:  # as if a transcript had this very place
        connection.execute(text("UPDATE search_entry SET kind = 'transcript', source_id = 77"))
        connection.execute(text("DELETE FROM call_form"))
    second = dataclasses.replace(a_form("2", "退款"), id=first.id)
    with storage.engine.begin() as connection:
        SearchIndex(connection).keep([form_entry(second)])
    assert find(storage, "退款") == [(FORM, first.id), (TRANSCRIPT, 77)]


def test_two_indexed_at_once_whose_ids_would_fall_together_are_both_found(storage: Storage) -> None:
    both = [dataclasses.replace(a_form(str(n), "退款"), id=n) for n in (5, 5 + 1024)]
    with storage.engine.begin() as connection:
        SearchIndex(connection).keep([form_entry(form) for form in both])
    assert {source_id for _kind, source_id in find(storage, "退款")} == {5, 1029}


def test_the_index_is_built_anew_from_what_stands(storage: Storage) -> None:
    recording_id = keep_said(storage, answered_call(), NOW, "我 要 投诉", "请 稍等")
    form = keep_form(storage, "1", "退款")
    before = [find(storage, "投诉"), find(storage, "稍等"), find(storage, "退款")]
    with storage.engine.begin() as connection:
        connection.execute(text("DELETE FROM search_entry WHERE kind = 'form'"))
    assert find(storage, "退款") == []
    assert reindex(storage.engine) == 3
    assert [find(storage, "投诉"), find(storage, "稍等"), find(storage, "退款")] == before
    with storage.reading() as tx:
        said = [each.id or 0 for each in TranscriptStore(tx).of(recording_id)]
    with storage.engine.begin() as connection:
        SearchIndex(connection).forget(FORM, [form.id or 0])
        SearchIndex(connection).forget(TRANSCRIPT, said)
    assert find(storage, "投诉") == find(storage, "退款") == []
    with storage.engine.connect() as connection:
        assert connection.execute(select(search_entry)).all() == []
        if connection.dialect.name == "sqlite":  # it tells of words that were not taken out as they were put in
            connection.execute(text("INSERT INTO search_gram(search_gram) VALUES ('integrity-check')"))


def test_an_upgrade_indexes_what_was_written_before(sqlite_storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:

    form = keep_form(sqlite_storage, "1", "退款")
    with sqlite_storage.engine.begin() as connection:
        connection.execute(text("DELETE FROM search_entry"))
        connection.execute(text("INSERT INTO search_gram(search_gram) VALUES ('delete-all')"))
    monkeypatch.setattr(migrate, "_missing", lambda _connection: ["0003"])
    monkeypatch.setattr(command, "upgrade", lambda *_arguments: None)
    migrate.upgrade(sqlite_storage.engine)
    assert find(sqlite_storage, "退款") == [(FORM, form.id)]


_TEXT = st.text(st.sampled_from("投诉退款你好ab1 2-。\n\"'*%_😀Ａé"), max_size=20)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_TEXT, min_size=1, max_size=4), _TEXT)
def test_whatever_is_written_and_asked_the_answer_is_that_of_looking_through_all(
    sqlite_storage: Storage, texts: list[str], query: str
) -> None:
    with sqlite_storage.engine.begin() as connection:
        connection.execute(text("DELETE FROM call_form"))
    reindex(sqlite_storage.engine)
    forms = [keep_form(sqlite_storage, str(n), each, number="", owner_name="") for n, each in enumerate(texts)]
    words = words_of(query)
    expected = {(FORM, form.id) for form in forms if words and all(word in normalised(form.content) for word in words)}
    assert set(find(sqlite_storage, query)) == expected


def test_a_text_beyond_all_measure_breaks_nothing(storage: Storage) -> None:
    huge = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(200_000))
    form = keep_form(storage, "1", "退款" + huge)
    assert find(storage, "退款") == [(FORM, form.id)]
