"""What is judged of each kind of subject, by what there is of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.adherence.adherence import Missed, MissedStart, StartDecision
from hotline.domain.callbacks.callback import callback_owed
from hotline.domain.callbacks.owed import Callback
from hotline.domain.calls.call import Call, Direction, Outcome
from hotline.domain.deadlines.term import Agreed
from hotline.domain.floor.figures import figures
from hotline.domain.forms.form import PROMISE_CLOCK, FormState
from hotline.domain.quality import Finding
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.time import midnight
from hotline.domain.verdicts.verdict import Judgement, Subject, WhyJudged
from hotline.services.calendar import work_calendar
from hotline.services.callbacks.consequences import follow
from hotline.services.calls.ledger import record
from hotline.services.deadlines.keeping import Wanted, keep, stop
from hotline.services.deadlines.sweep import sweep
from hotline.services.floor.floor import marks
from hotline.services.forms.forms import ensure_forms
from hotline.storage.adherence.store import MissedStartStore
from hotline.storage.callbacks.figures import OwedFigureStore
from hotline.storage.floor.store import CountedCallStore
from hotline.storage.forms.store import FormStore
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, clock_of
from tests.support.judged import FINE, a_measured_call, judged, judgements, measure, verdicts
from tests.support.our_people import plan, somebody
from tests.support.sample_calls import MONDAY_TEN, abandoned_call, answered_call, bare_call, duty_call
from tests.support.sample_forms import open_form

NOW = MONDAY_TEN + timedelta(hours=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    return an_instance(tmp_path, NOW, "", storage)


def ledger(hotline: Hotline, *calls: Call) -> None:
    for call in calls:
        record(hotline.storage, call.node, [call], [], owed(hotline), hotline.clock())
        with hotline.storage.writing() as tx:
            ensure_forms(tx, hotline.settings, [call], hotline.clock())
            follow(tx, hotline.settings, [call], hotline.clock())


def owed(hotline: Hotline) -> Callable[[Call], Callback | None]:
    minutes = hotline.settings.callbacks.due_minutes
    return lambda call: callback_owed(call, work_calendar(hotline.settings, call.line), minutes)


def ended(call: Call, **changes: object) -> Call:
    return dataclasses.replace(call, ended_at=call.started_at + timedelta(seconds=9), **changes)  # type: ignore[arg-type]


def whys(hotline: Hotline, rule: str) -> set[tuple[Judgement, str]]:
    return {(each.judgement, each.why) for each in verdicts(hotline.storage, rule)}


def test_a1_a8_whoever_left_before_they_had_to_be_answered_is_an_exception(hotline: Hotline) -> None:
    soon = dataclasses.replace(abandoned_call("node1-2.1"), wait_seconds=9.0)
    ledger(hotline, answered_call(), abandoned_call(), soon, duty_call())
    judged(hotline)
    left, lost = (Judgement.NOT_APPLICABLE, WhyJudged.CALLER_LEFT), (Judgement.BROKEN, WhyJudged.NOT_ANSWERED)
    assert whys(hotline, "A1") == {(Judgement.KEPT, ""), left, lost}
    assert {left, lost} <= whys(hotline, "A8")


def test_a8_whoever_was_answered_in_time_and_heard_nothing_of_us_was_not_answered(hotline: Hotline) -> None:
    quick = dataclasses.replace(answered_call("node1-8.1"), wait_seconds=5.0, rings=())
    a_measured_call(hotline, FINE, quick)
    judged(hotline)
    assert judgements(hotline.storage, "A8") == [Judgement.KEPT]
    late = Finding("A8", "first_words", True, True, 41.5, 30, 5.0, 46.5, 1.0)
    measure(hotline, quick, [*FINE, late])
    judged(hotline)
    (found,) = verdicts(hotline.storage, "A8")
    assert (found.judgement, found.value, found.limit, found.unit) == (Judgement.BROKEN, 41.5, 30, "s")
    assert found.evidence == {"kind": "first_words", "from": 5.0, "to": 46.5}


def test_a1_who_is_turned_away_and_the_line_itself_are_exceptions(hotline: Hotline) -> None:
    blocked = ended(bare_call("node1-3.1"), outcome=Outcome.BLOCKED)
    ledger(hotline, blocked, ended(bare_call("node1-3.2"), direction=Direction.LINE_TEST, outcome=Outcome.ANSWERED))
    judged(hotline)
    assert whys(hotline, "A1") == {
        (Judgement.NOT_APPLICABLE, WhyJudged.BLOCKLISTED),
        (Judgement.NOT_APPLICABLE, WhyJudged.LINE_TEST),
    }


def test_a3_a_try_to_dial_out_is_turned_away_and_one_that_got_through_breaks_the_rule(hotline: Hotline) -> None:
    refused = ended(bare_call("node1-4.1"), direction=Direction.OUTBOUND, outcome=Outcome.FAILED)
    through = dataclasses.replace(refused, linkedid="node1-4.2", talk_started_at=refused.started_at)
    ledger(hotline, refused, through)
    judged(hotline)
    assert sorted(whys(hotline, "A3")) == [(Judgement.BROKEN, ""), (Judgement.KEPT, WhyJudged.REFUSED)]


def test_a12_what_was_passed_on_past_the_console_could_not_be_judged(hotline: Hotline) -> None:
    ledger(hotline, answered_call())
    judged(hotline)
    assert whys(hotline, "A12") == {(Judgement.NOT_JUDGED, WhyJudged.NOT_SEEN)}


def test_b1_b3_a_record_is_missed_after_a_day_and_kept_once_it_is_written(hotline: Hotline) -> None:
    call = answered_call()
    ledger(hotline, call)
    judged(hotline)
    assert judgements(hotline.storage, "B1") == []
    clock_of(hotline).advance(days=1)
    judged(hotline)
    assert [each.judgement for each in verdicts(hotline.storage, "B1")] == [Judgement.BROKEN]
    done_at = hotline.clock() + HOUR
    with hotline.storage.writing() as tx:
        form = FormStore(tx).of_calls(call.node, [call.linkedid]).get(call.linkedid)
        assert form is not None
        written = dataclasses.replace(
            form, state=FormState.DONE, category="consult", content="", done_at=done_at, updated_at=done_at, version=9
        )
        assert FormStore(tx).update(written, form.version)
    clock_of(hotline).advance(hours=2)
    judged(hotline)
    assert judgements(hotline.storage, "B1") == [Judgement.KEPT]
    assert len(verdicts(hotline.storage, "B1", standing=False)) == 2
    (whole,) = verdicts(hotline.storage, "B3")
    assert (whole.judgement, whole.why) == (Judgement.BROKEN, WhyJudged.FIELDS_MISSING)


def test_b8_who_calls_about_the_same_again_within_the_days_breaks_it(hotline: Hotline) -> None:
    for number, days in enumerate((0, 3, 30)):
        call = answered_call(f"node1-5.{number}", MONDAY_TEN + timedelta(days=days))
        at = call.started_at + HOUR
        with hotline.storage.writing() as tx:
            done = {"state": FormState.DONE, "category": "consult", "done_at": at, "updated_at": at}
            FormStore(tx).add([open_form(call, at, "1001", **done)])
    clock_of(hotline).advance(days=31)
    judged(hotline)
    found = sorted(verdicts(hotline.storage, "B8"), key=lambda each: each.at)
    assert [each.judgement for each in found] == [Judgement.KEPT, Judgement.BROKEN, Judgement.KEPT]


def test_b6_a_promise_is_broken_when_it_is_over_and_stays_so_when_it_is_kept_late(hotline: Hotline) -> None:
    call = answered_call()
    with hotline.storage.writing() as tx:
        forms = [FormStore(tx).add([open_form(answered_call(f"node1-6.{n}"), NOW, "1001")])[0] for n in range(2)]
        wanted = {form.id or 0: Wanted(call.started_at, "main", Agreed(NOW + HOUR)) for form in forms}
        keep(tx, hotline.settings, PROMISE_CLOCK, wanted, NOW)
        stop(tx, PROMISE_CLOCK, forms[0].id or 0, NOW + HOUR / 2)
    clock_of(hotline).advance(hours=3)
    sweep(hotline.storage, hotline.settings, hotline.clock())
    judged(hotline)
    assert sorted(judgements(hotline.storage, "B6")) == [Judgement.BROKEN, Judgement.KEPT]
    with hotline.storage.writing() as tx:
        stop(tx, PROMISE_CLOCK, forms[1].id or 0, hotline.clock())
    clock_of(hotline).advance(hours=1)
    judged(hotline)
    late = next(each for each in verdicts(hotline.storage, "B6") if each.judgement is Judgement.BROKEN)
    assert (late.why, late.subject, late.limit) == ("", Subject.PROMISE, 7200.0)


def test_a9_callbacks_are_judged_as_the_figures_of_what_is_owed_count_them(hotline: Hotline) -> None:
    for number in range(6):
        ledger(hotline, abandoned_call(f"node1-7.{number}", number=f"+861391234567{number}"))
    clock_of(hotline).advance(days=2)
    sweep(hotline.storage, hotline.settings, hotline.clock())
    judged(hotline)
    now, found = hotline.clock(), judgements(hotline.storage, "A9")
    with hotline.storage.reading() as tx:
        counted = OwedFigureStore(tx).between(now - timedelta(days=9), now, now)
    assert (found.count(Judgement.KEPT), found.count(Judgement.BROKEN)) == (counted.in_time, counted.late)
    assert counted.late > 0


def test_a11_g4_g5_a_month_is_what_the_floor_counts_of_it(hotline: Hotline) -> None:
    ledger(hotline, answered_call(), abandoned_call(), duty_call())
    clock_of(hotline).now = midnight(date(2026, 12, 1)) + HOUR
    judged(hotline)
    with hotline.storage.reading() as tx:
        start, end = midnight(date(2026, 11, 1)), midnight(date(2026, 12, 1))
        counted = figures(CountedCallStore(tx).begun(start, end).values(), marks(hotline.settings))
    values = {rule: [each.value for each in verdicts(hotline.storage, rule)] for rule in ("A11", "G4", "G5")}
    assert values == {
        "A11": [counted.abandoned_percent],
        "G4": [counted.connected_percent],
        "G5": [counted.service_level_percent],
    }
    for nothing in ("E4", "F4", "F12", "D12"):
        assert whys(hotline, nothing) == {(Judgement.NOT_APPLICABLE, WhyJudged.NOTHING_TO_COUNT)}


def test_a16_a_day_without_anybody_on_duty_is_broken_by_its_minutes(hotline: Hotline) -> None:
    ledger(hotline, answered_call())
    clock_of(hotline).advance(days=1)
    judged(hotline)
    (day,) = verdicts(hotline.storage, "A16")
    assert (day.judgement, day.subject_id, day.limit) == (Judgement.BROKEN, "2026-11-16", 0.0)
    # A Monday: 24 h without 09:00-12:00 and 13:00-17:30.
    assert day.value == (24 - 7.5) * 60


def test_f6_a_late_start_is_broken_until_its_explanation_is_accepted(hotline: Hotline) -> None:
    _actor, zhao = somebody(hotline.storage, "zhao", "赵敏", NOW, extension="1001")
    _actor, qian = somebody(hotline.storage, "qian", "钱伟", NOW, extension="1002")
    for person, name in ((zhao, "赵敏"), (qian, "钱伟")):
        plan(hotline.storage, person, name, MONDAY_TEN, MONDAY_TEN + 4 * HOUR)
    with hotline.storage.writing() as tx:
        came = MONDAY_TEN + timedelta(minutes=17)
        late = MissedStart(zhao, MONDAY_TEN, MONDAY_TEN + 4 * HOUR, Missed.LATE, came, came)
        missed = MissedStartStore(tx).add(late)
    clock_of(hotline).advance(hours=5)
    judged(hotline)
    by_person = {each.person_id: (each.judgement, each.value) for each in verdicts(hotline.storage, "F6")}
    assert by_person == {zhao: (Judgement.BROKEN, 1020.0), qian: (Judgement.KEPT, None)}
    with hotline.storage.writing() as tx:
        at = hotline.clock() + HOUR
        accepted = dataclasses.replace(missed, decision=StartDecision.ACCEPTED, decided_by="li", decided_at=at)
        assert MissedStartStore(tx).decide(accepted)
    clock_of(hotline).advance(hours=2)
    judged(hotline)
    assert (Judgement.NOT_APPLICABLE, WhyJudged.ACCEPTED) in whys(hotline, "F6")


def test_a2_the_duty_mobile_passes_from_hand_to_hand_in_writing(hotline: Hotline) -> None:
    with hotline.storage.writing() as tx:
        for number, person in enumerate(("李四", "李四", "王五")):
            start = MONDAY_TEN + number * 12 * HOUR
            shift = PlannedShift(person, start, start + 12 * HOUR, duty=True, published_at=start)
            ShiftStore(tx).add(shift)
    clock_of(hotline).advance(days=2)
    judged(hotline)
    found = sorted(verdicts(hotline.storage, "A2"), key=lambda each: each.at)
    assert [each.judgement for each in found] == [Judgement.KEPT, Judgement.KEPT, Judgement.BROKEN]
