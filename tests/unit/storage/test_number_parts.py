"""A14, G3: a part of a number finds by its index what going through every row finds; what was erased is not in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from hotline.domain.calls.call import Caller, Outcome
from hotline.domain.calls.ledger import CallFilter
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.rights.seeing import NumberAsked
from hotline.storage import number_parts
from hotline.storage.calls.store import CallStore
from hotline.storage.calls.tables import CALLERS, call
from hotline.storage.reports.views import drop_views
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING, a_call

_MOBILES = st.integers(0, 999_999_999).map(lambda rest: Number(f"+8613{rest:09}"))
_FEW = st.sampled_from([Number("+8613800138000"), Number("+8613900138001"), Number("+861088886666")])
_SENT = st.text(st.sampled_from("0123456789+anoymus*#\"'%_ "), max_size=12)
_CALLERS = st.builds(Caller, st.one_of(_MOBILES, _FEW, st.just(NO_NUMBER)), _SENT)
_PARTS = st.one_of(
    st.text(st.sampled_from("01389"), min_size=1, max_size=6),
    st.sampled_from(["8000", "+8613800138000", "138", "0138", "anon", 'o"y', "%", "__", "AN", "号"]),
)


def _fill(storage: Storage, callers: Sequence[Caller]) -> None:
    with storage.writing() as tx:
        tx.connection.execute(delete(call))
        CallStore(tx).save([a_call(str(n), caller=each) for n, each in enumerate(callers)], MORNING)


def _found(storage: Storage, **wanted: object) -> list[str]:
    with storage.reading() as tx:
        page = CallStore(tx).search(CallFilter(**wanted), 100, 0, 50)  # type: ignore[arg-type]
        assert page.total == len(page.calls)
    return sorted(each.call.linkedid for each in page.calls)


def _indexed(storage: Storage, part: str) -> int:
    """How many rows the index alone has of it."""
    with storage.reading() as tx:
        return len(CALLERS.ids(tx.connection, part, 100) or ())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_CALLERS, max_size=12), st.lists(_PARTS, min_size=1, max_size=6))
def test_a14_the_index_finds_what_every_row_says(storage: Storage, callers: list[Caller], parts: list[str]) -> None:
    _fill(storage, callers)
    for part in [*parts, *(each.number[3:9] for each in callers[:2] if each.number)]:
        has = [str(n) for n, each in enumerate(callers) if part.lower() in f"{each.number}\n{each.original}".lower()]
        assert _found(storage, caller=part) == sorted(has), part
        if part.isascii() and part.isdigit() and len(part) == 4:
            ends = [str(n) for n, each in enumerate(callers) if each.number.endswith(part)]
            assert _found(storage, caller_asked=NumberAsked(end=part)) == sorted(ends)


def test_a14_with_other_conditions_and_where_too_many_have_it(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with storage.writing() as tx:
        CallStore(tx).save([a_call("1"), a_call("2", outcome=Outcome.VOICEMAIL), a_call("3", line="parts")], MORNING)
    for most in (5000, 1):
        monkeypatch.setattr("hotline.storage.number_search.MOST_FOUND", most)
        assert _found(storage, caller="8000") == ["1", "2", "3"]
        assert _found(storage, caller="8000", outcomes=(Outcome.VOICEMAIL,)) == ["2"]
        assert _found(storage, caller="8000", line="parts") == ["3"]
        assert _found(storage, caller="8009") == []


def test_g3_what_was_erased_or_changed_is_not_in_the_index(storage: Storage) -> None:
    begun = a_call("1")
    for again in (begun, begun, replace(begun, caller=Caller(Number("+8613912345678"), "13912345678"))):
        with storage.writing() as tx:
            CallStore(tx).save([again], MORNING)
    assert (_indexed(storage, "8000"), _indexed(storage, "5678")) == (0, 1)
    with storage.writing() as tx:
        tx.connection.execute(update(call).values(caller_number="", caller_original=""))
    assert _indexed(storage, "5678") == 0
    with storage.writing() as tx:
        CallStore(tx).save([begun, a_call("2")], MORNING)
        tx.connection.execute(delete(call).where(call.c.linkedid == "2"))
    assert _indexed(storage, "8000") == 1


def test_a_table_that_a_revision_copied_is_kept_in_the_index_again(sqlite_storage: Storage) -> None:
    """Alembic copies a table that SQLite cannot alter in place, without its triggers."""
    with sqlite_storage.writing() as tx:
        CallStore(tx).save([a_call("1")], MORNING)
        drop_views(tx.connection)
        operations = Operations(MigrationContext.configure(tx.connection))
        with operations.batch_alter_table("call", recreate="always") as batch:
            batch.alter_column("line", nullable=False)
        number_parts.keep_triggers(tx.connection)
        CallStore(tx).save([a_call("1", caller=Caller(Number("+8613912345678"), "")), a_call("2")], MORNING)
    assert (_indexed(sqlite_storage, "8000"), _indexed(sqlite_storage, "5678")) == (1, 1)


def test_it_is_built_anew(storage: Storage) -> None:
    with storage.writing() as tx:
        CallStore(tx).save([a_call("1")], MORNING)
        CALLERS.drop(tx.connection)
        number_parts.rebuild(tx.connection)
        number_parts.rebuild(tx.connection)
    assert _indexed(storage, "8000") == 1
    with storage.writing() as tx:
        CallStore(tx).save([a_call("2")], MORNING)
    assert _indexed(storage, "8000") == 2
