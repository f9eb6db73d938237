"""A9, B5, B6: what became of what we owe, counted in the database; each figure opens the rows that it counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from hotline.bootstrap import Hotline
from hotline.domain.callbacks.figures import OwedFigure, OwedFigures
from hotline.domain.callbacks.owed import Callback, CallbackOutcome, CallbackReason, CallbackTry
from hotline.domain.deadlines.figures import Keeping, KeptFigures
from hotline.domain.deadlines.kept import ClockName
from hotline.domain.deadlines.term import Agreed
from hotline.domain.errors import Forbidden, Refused
from hotline.domain.forms.form import ANSWER_CLOCK, PROMISE_CLOCK
from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.services.callbacks.figures import FIGURES, FigureOf, rows_behind, what_is_owed
from hotline.services.deadlines.keeping import Wanted, keep
from hotline.storage.callbacks.figures import OwedFigureStore
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.callbacks.tries import CallbackTryStore
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, at
from tests.support.sample_calls import answered_call
from tests.support.sample_forms import open_form

TEN = at("2026-11-16 10:00:00")
NOW = at("2026-11-16 12:00:00")
DAY = (at("2026-11-16 00:00:00"), at("2026-11-17 00:00:00"))
MINUTE = timedelta(minutes=1)
LI = Actor("li", (Role.SUPERVISOR,), "李主管")


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    return an_instance(tmp_path, NOW, storage=storage)


def owe(
    hotline: Hotline,
    number: int,
    tried: float | None = None,
    closed: float | None = None,
    outcome: CallbackOutcome = CallbackOutcome.DONE,
    owed_from: datetime = TEN,
    due: float = 30,
) -> None:
    """Due so many minutes after ten, tried and closed so many after it; a try moves it to eleven."""
    number_owed = Number(f"+86139{number:08}")
    owed = Callback("node1", f"c{number}", "main", number_owed, CallbackReason.MISSED, TEN, TEN + due * MINUTE)
    with hotline.storage.writing() as tx:
        callback_id = CallbackStore(tx).open(replace(owed, owed_from=owed_from)) or 0
        if tried is not None:
            again = TEN + 60 * MINUTE
            CallbackTryStore(tx).add(CallbackTry(callback_id, TEN + tried * MINUTE, "zhao", "busy", "", again))
            CallbackStore(tx).move({callback_id: again})
        if closed is not None:
            CallbackStore(tx).close(callback_id, "zhao", "好", TEN + closed * MINUTE, outcome)


@pytest.fixture
def owing(hotline: Hotline) -> Hotline:
    owe(hotline, 1, closed=10)
    owe(hotline, 2, tried=20, closed=70)
    owe(hotline, 3, tried=40)
    owe(hotline, 4)
    owe(hotline, 5, due=180)
    owe(hotline, 6, closed=5, outcome=CallbackOutcome.CALLED_AGAIN)
    # Nobody owes these today: joined, settled while it was waited for, of yesterday, not yet.
    owe(hotline, 7, closed=5, outcome=CallbackOutcome.JOINED)
    owe(hotline, 8, closed=-1, outcome=CallbackOutcome.TALKED)
    owe(hotline, 9, owed_from=TEN - timedelta(days=1))
    owe(hotline, 10, owed_from=NOW + MINUTE)
    return hotline


ROWS = {
    OwedFigure.OWED: [1, 2, 3, 4, 5, 6],
    OwedFigure.IN_TIME: [1, 2, 6],
    OwedFigure.LATE: [3, 4],
    OwedFigure.WAITING: [5],
    OwedFigure.CLOSED: [1, 2, 6],
}


def test_a9_callbacks_are_counted_by_when_they_became_owed(owing: Hotline) -> None:
    found = what_is_owed(owing.storage, LI, *DAY, NOW).callbacks
    # First called after 10, 20, 40 and 5 minutes; closed after 10, 70 and 5.
    assert found == OwedFigures(6, 3, 2, 1, 3, 18.75 * 60, 1700.0)
    assert (found.closed_percent, found.in_time_percent) == (50.0, 60.0)


@pytest.mark.parametrize("figure", OwedFigure)
def test_a9_each_figure_opens_its_rows(owing: Hotline, figure: OwedFigure) -> None:
    args = (owing.storage, LI, FigureOf.CALLBACKS, figure.value, *DAY, NOW)
    rows = rows_behind(*args, limit=50)
    assert [row.number for row in rows] == [f"+86139{number:08}" for number in ROWS[figure]]
    assert len(rows) == getattr(what_is_owed(owing.storage, LI, *DAY, NOW).callbacks, figure.value)
    assert [*rows_behind(*args, limit=1), *rows_behind(*args, limit=50, offset=1)] == rows


def test_a9_a_late_row_says_when_it_was_due_first(owing: Hotline) -> None:
    [tried, _untried] = rows_behind(owing.storage, LI, FigureOf.CALLBACKS, "late", *DAY, NOW, 9)
    assert (tried.due_at, tried.first_at, tried.done_at) == (TEN + 30 * MINUTE, TEN + 40 * MINUTE, None)


def test_a9_what_is_overdue_now_is_counted_whenever_it_became_owed(owing: Hotline) -> None:
    with owing.storage.reading() as tx:
        assert OwedFigureStore(tx).overdue(NOW) == 3  # 3 since eleven, 4, and 9 of yesterday


@pytest.mark.parametrize(("of", "clock"), [(FigureOf.PROMISES, PROMISE_CLOCK), (FigureOf.ANSWERS, ANSWER_CLOCK)])
def test_b5_b6_what_was_promised_is_kept_late_broken_or_waits(hotline: Hotline, of: FigureOf, clock: ClockName) -> None:
    due = {"kept": (30, 20), "late": (30, 30), "broken": (60, None), "waiting": (180, None)}
    with hotline.storage.writing() as tx:
        forms = [open_form(answered_call(name, TEN), TEN, promise=name, content=name) for name in [*due, "tomorrow"]]
        ids = {form.linkedid: form.id or 0 for form in FormStore(tx).add(forms)}
        wanted = {
            ids[name]: Wanted(TEN, "main", Agreed(TEN + by * MINUTE), None if done is None else TEN + done * MINUTE)
            for name, (by, done) in due.items()
        }
        tomorrow = {ids["tomorrow"]: Wanted(TEN, "main", Agreed(TEN + timedelta(days=1)))}
        keep(tx, hotline.settings, clock, {**wanted, **tomorrow}, NOW)
    found = getattr(what_is_owed(hotline.storage, LI, *DAY, NOW), of.value)
    assert found == KeptFigures(1, 1, 1, 1) and found.kept_percent == 33.3
    for keeping in Keeping:
        rows = rows_behind(hotline.storage, LI, of, keeping.value, *DAY, NOW, 9)
        assert [row.about for row in rows] == [keeping.value] and rows[0].id == ids[keeping.value]


def test_of_nothing_there_is_no_rate(hotline: Hotline) -> None:
    found = what_is_owed(hotline.storage, LI, *DAY, NOW)
    assert found.callbacks == OwedFigures() and found.promises == KeptFigures()
    assert (found.callbacks.closed_percent, found.callbacks.in_time_percent, found.promises.kept_percent) == (None,) * 3


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.EXAMINER, Role.LEADER])
def test_e4_figures_of_all_are_not_everybodys(hotline: Hotline, role: Role) -> None:
    actor = Actor("zhao", (role,), "赵敏")
    for of, figures in FIGURES.items():
        with pytest.raises(Forbidden):
            rows_behind(hotline.storage, actor, of, figures[0].value, *DAY, NOW, 9)
    with pytest.raises(Forbidden):
        what_is_owed(hotline.storage, actor, *DAY, NOW)


def test_what_is_no_figure_or_no_time_is_refused(hotline: Hotline) -> None:
    with pytest.raises(Refused):
        rows_behind(hotline.storage, LI, FigureOf.PROMISES, "owed", *DAY, NOW, 9)
    for since, until in ((DAY[1], DAY[0]), (DAY[0], DAY[0] + timedelta(days=400))):
        with pytest.raises(Refused):
            what_is_owed(hotline.storage, LI, since, until, NOW)


def test_a9_the_figures_are_read_by_an_index(sqlite_storage: Storage) -> None:
    for statement in (
        "SELECT count(*) FROM callback WHERE owed_from >= '2026' AND owed_from < '2027'",
        "SELECT count(*) FROM callback WHERE closed_at IS NULL AND due_at <= '2026'",
        "SELECT count(*) FROM deadline WHERE clock = 'promise' AND due_at >= '2026' AND due_at < '2027'",
    ):
        with sqlite_storage.reading() as tx:
            [plan] = tx.connection.execute(text(f"EXPLAIN QUERY PLAN {statement}")).all()
        assert "SEARCH" in plan.detail and "INDEX ix_" in plan.detail, plan.detail
