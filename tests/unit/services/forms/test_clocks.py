"""The clocks of log forms: B2 until it is written, B5 until the caller is answered, B6 until the promise is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.callbacks.owed import CALLBACK_CLOCK, CallbackReason
from hotline.domain.deadlines.kept import ClockName, KeptDeadline
from hotline.domain.deadlines.term import Agreed
from hotline.domain.errors import NotFound, WrongFields
from hotline.domain.forms.form import ANSWER_CLOCK, PROMISE_CLOCK, RECORD_CLOCK, CallForm
from hotline.domain.people import Actor, Role
from hotline.services.callbacks import by_hand
from hotline.services.calls.ledger import record
from hotline.services.consequences import consequences
from hotline.services.forms import saving
from hotline.services.forms.forms import form_of
from hotline.services.forms.search import AskedForms
from hotline.services.forms.seeing import see_form, see_forms
from hotline.storage.deadlines.store import DeadlineStore
from tests.support import sample_calls as sample
from tests.support.instance import an_instance, at

#: A Monday.
NOW = at("2026-11-16 10:30:00")
CALLED = at("2026-11-16 10:00:00")
HOUR = timedelta(hours=1)
LI = Actor("li", (Role.SUPERVISOR,), "李主管")


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    hotline = an_instance(tmp_path, NOW)
    calls = [sample.answered_call("op", CALLED), sample.duty_call("duty", CALLED)]
    record(hotline.storage, "node1", calls, [], lambda _call: None, NOW, also=consequences(hotline.settings))
    return hotline


def form(hotline: Hotline, linkedid: str = "op") -> CallForm:
    with hotline.storage.reading() as tx:
        found = form_of(tx, "node1", linkedid)
    assert found is not None
    return found


def clock(hotline: Hotline, name: ClockName, linkedid: str = "op") -> KeptDeadline | None:
    with hotline.storage.reading() as tx:
        return DeadlineStore(tx).of(name, [form(hotline, linkedid).id or 0]).get(form(hotline, linkedid).id or 0)


def write(hotline: Hotline, now: datetime = NOW, linkedid: str = "op", **changes: Any) -> None:
    before = form(hotline, linkedid)
    saving.save_form(hotline.storage, hotline.settings, before.id or 0, before.version, changes, LI, now)


def test_b2_only_a_record_of_the_duty_mobile_has_a_clock_until_it_is_done(hotline: Hotline) -> None:
    assert clock(hotline, RECORD_CLOCK) is None
    begun = clock(hotline, RECORD_CLOCK, "duty")
    assert begun is not None and begun.due_at == form(hotline, "duty").due_at == at("2026-11-17 12:00")
    write(hotline, linkedid="duty", category=next(iter(hotline.settings.categories)), content="x", handling="y")
    write(hotline, linkedid="duty", caller_name="王", solved=True, complaint=False, region="南京")
    duty = form(hotline, "duty")
    saving.finish_form(hotline.storage, hotline.settings, duty.id or 0, duty.version, LI, NOW + HOUR)
    done = clock(hotline, RECORD_CLOCK, "duty")
    assert done is not None and done.deadline.stopped_at == NOW + HOUR


def test_b6_a_promise_runs_until_it_is_kept_and_another_begins_anew(hotline: Hotline) -> None:
    write(hotline, promise="回电", promise_due_at=NOW + HOUR)
    promised = clock(hotline, PROMISE_CLOCK)
    assert promised is not None and promised.deadline.term == Agreed(NOW + HOUR)
    saving.keep_promise(hotline.storage, hotline.settings, form(hotline).id or 0, "", LI, NOW + 2 * HOUR)
    kept = clock(hotline, PROMISE_CLOCK)
    assert kept is not None and kept.breached_at == NOW + HOUR and not kept.deadline.is_open
    write(hotline, NOW + 2 * HOUR, promise_due_at=NOW + 5 * HOUR)
    another = clock(hotline, PROMISE_CLOCK)
    assert another is not None and (another.due_at, another.breached_at) == (NOW + 5 * HOUR, None)
    write(hotline, NOW + 2 * HOUR, promise="", promise_due_at=None)
    assert clock(hotline, PROMISE_CLOCK) is None


@pytest.mark.parametrize(
    ("wrong", "why"), [(NOW, "in_the_past"), (NOW - HOUR, "in_the_past"), (NOW.replace(year=NOW.year + 4), "too_far")]
)
def test_b6_nobody_promises_for_a_moment_that_is_over_or_years_away(
    hotline: Hotline, wrong: datetime, why: str
) -> None:
    with pytest.raises(WrongFields) as refused:
        write(hotline, promise="回电", promise_due_at=wrong)
    assert refused.value.problems == {"promise_due_at": why}
    with pytest.raises(WrongFields) as refused:
        _callback(hotline, wrong)
    assert refused.value.problems == {"due_at": why}
    assert clock(hotline, PROMISE_CLOCK) is None


def test_b6_what_is_over_meanwhile_is_no_fault_of_who_writes_something_else(hotline: Hotline) -> None:
    write(hotline, promise="回电", promise_due_at=NOW + HOUR)
    write(hotline, NOW + 2 * HOUR, promise_due_at=NOW + HOUR, content="未接通")
    assert form(hotline).content == "未接通"


@pytest.mark.parametrize("end", ["solved", "answered", "promise"])
def test_b5_who_could_not_be_helped_is_answered_within_three_working_days(hotline: Hotline, end: str) -> None:
    write(hotline, solved=True)
    write(hotline, solved=False)
    owed = clock(hotline, ANSWER_CLOCK)
    assert owed is not None and owed.deadline.is_open and owed.due_at == at("2026-11-19 17:30")
    assert _unanswered(hotline) == [form(hotline).id]
    assert see_form(hotline.storage, hotline.settings, form(hotline).id or 0, LI, NOW).may_answer
    form_id, later = form(hotline).id or 0, NOW + HOUR
    write(hotline, promise="回电", promise_due_at=NOW + 2 * HOUR)
    ends: dict[str, Callable[[], object]] = {
        "solved": lambda: write(hotline, later, solved=True),
        "answered": lambda: saving.give_answer(hotline.storage, hotline.settings, form_id, "", LI, later),
        "promise": lambda: saving.keep_promise(hotline.storage, hotline.settings, form_id, "", LI, later),
    }
    ends[end]()
    done = clock(hotline, ANSWER_CLOCK)
    assert done is not None and (done.deadline.stopped_at, done.breached_at) == (later, None)
    assert _unanswered(hotline) == []
    write(hotline, later + HOUR, content="补充")
    assert clock(hotline, ANSWER_CLOCK) == done, "what is written later opens nothing"
    with pytest.raises(NotFound):
        saving.give_answer(hotline.storage, hotline.settings, form_id, "", LI, later)


def test_a9_a_callback_by_hand_is_due_as_agreed_else_as_usual(hotline: Hotline) -> None:
    _callback(hotline, None)
    assert [each.due_at for each in _callbacks(hotline)] == [at("2026-11-16 11:00")]
    _callback(hotline, NOW + 5 * HOUR)
    [agreed] = _callbacks(hotline)
    assert (agreed.due_at, agreed.by_setting) == (NOW + 5 * HOUR, False)


def _callback(hotline: Hotline, due_at: datetime | None) -> None:
    by_hand.open_callback(
        hotline.storage,
        hotline.settings,
        form(hotline).id or 0,
        "13800138000",
        due_at,
        "",
        CallbackReason.PROMISED,
        LI,
        NOW,
    )


def _callbacks(hotline: Hotline) -> list[KeptDeadline]:
    with hotline.storage.reading() as tx:
        return list(DeadlineStore(tx).of(CALLBACK_CLOCK, range(1, 20)).values())


def _unanswered(hotline: Hotline) -> list[int]:
    asked = AskedForms("unanswered", "all")
    return [each.id for each in see_forms(hotline.storage, hotline.settings, asked, 9, 0, LI, NOW).forms]
