"""A14, G2: numbers that must not be said, or not while the call is recorded, are found in its transcripts."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.calls.call import Call
from hotline.domain.directory.directory import DirectoryPerson
from hotline.domain.numbers import Number
from hotline.domain.recordings.recording import TALK, RecordingEntry, RecordingState
from hotline.domain.recordings.transcript import Side, TranscriptState, Urgency
from hotline.domain.time import midnight
from hotline.domain.verdicts.verdict import Judgement, Subject, Verdict, WhyJudged
from hotline.storage.directory.store import DirectoryStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.recordings.transcripts import TranscriptStore
from hotline.storage.transaction import Storage
from hotline.storage.verdicts.store import NewVerdict, VerdictStore
from tests.support.instance import an_instance, clock_of
from tests.support.judged import a_measured_call, judged, verdicts
from tests.support.our_people import somebody
from tests.support.sample_calls import MONDAY_TEN, answered_call, duty_call
from tests.support.speech import say

NOW = MONDAY_TEN + timedelta(hours=1)
CARD = "卡号 四一一一 一一一一 一一一一 一一一一"
GIVEN = "经理 电话 一三九 八八八八 七七七七"


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    made = an_instance(tmp_path, NOW, "", storage)
    with storage.writing() as tx:
        DirectoryStore(tx).add(DirectoryPerson("陈总", Number("+8613988887777"), updated_at=NOW))
    return made


def heard(hotline: Hotline, call: Call, state: RecordingState = RecordingState.READY, **sides: str) -> None:
    """A recording of the talk from its begin on, and what of each side was understood; a side that is not named was
    not transcribed."""
    source = f"{call.linkedid}.raw"
    entry = RecordingEntry(call.node, call.linkedid, TALK, source, call.started_at, state)
    with hotline.storage.writing() as tx:
        RecordingStore(tx).announce([entry])
        (kept,) = RecordingStore(tx).of_sources(call.node, [source])
        RecordingStore(tx).update(dataclasses.replace(kept, state=state, started_at=call.started_at))
        wanted = [side for side in Side if side.name.lower() in sides]
        TranscriptStore(tx).ask([kept.id or 0], wanted, Urgency.USUAL, NOW)
        for each in TranscriptStore(tx).of(kept.id or 0):
            text = sides[each.side.name.lower()]
            done = dataclasses.replace(
                each, state=TranscriptState.DONE, words=say(text, 50.0), text=text.replace(" ", ""), finished_at=NOW
            )
            TranscriptStore(tx).update(done)


def of(hotline: Hotline, rule: str) -> Verdict:
    judged(hotline)
    (found,) = [each for each in verdicts(hotline.storage, rule) if each.subject is Subject.CALL]
    return found


def test_a14_a_number_of_the_directory_that_our_side_says_is_given_away(hotline: Hotline) -> None:
    _actor, qian = somebody(hotline.storage, "qian", "钱伟", NOW, extension="1002")
    heard(hotline, a_measured_call(hotline), caller="好", ours=GIVEN)
    found = of(hotline, "A14")
    assert (found.judgement, found.person_id) == (Judgement.BROKEN, qian)
    assert found.evidence == {"from": 51.6, "to": 56.0, "side": "ours"}


def test_a14_it_is_theirs_who_talked_then(hotline: Hotline) -> None:
    _actor, zhao = somebody(hotline.storage, "zhao", "赵敏", NOW, extension="1001")
    call = a_measured_call(hotline)
    heard(hotline, dataclasses.replace(call, started_at=call.started_at + timedelta(seconds=100)), ours=GIVEN)
    assert of(hotline, "A14").person_id == zhao


def test_a14_what_the_caller_says_or_what_is_their_own_is_not_given_away(hotline: Hotline) -> None:
    heard(hotline, a_measured_call(hotline), caller=GIVEN, ours="好 的")
    assert of(hotline, "A14").judgement is Judgement.KEPT


def test_a14_their_own_number_read_back_to_whoever_calls_is_not_given_away(hotline: Hotline) -> None:
    call = answered_call(number="+8613988887777")
    heard(hotline, a_measured_call(hotline, call=call), ours=GIVEN)
    assert of(hotline, "A14").judgement is Judgement.KEPT


def test_a14_g2_without_a_transcript_neither_can_be_judged(hotline: Hotline) -> None:
    heard(hotline, a_measured_call(hotline))
    for rule in ("A14", "G2"):
        found = of(hotline, rule)
        assert (found.judgement, found.why) == (Judgement.NOT_JUDGED, WhyJudged.NOT_TRANSCRIBED)


@pytest.mark.parametrize("side", list(Side))
def test_g2_a_card_in_the_recording_breaks_it_whoever_says_it(hotline: Hotline, side: Side) -> None:
    caller, ours = (CARD if each is side else "好" for each in Side)
    heard(hotline, a_measured_call(hotline), caller=caller, ours=ours)
    found = of(hotline, "G2")
    assert (found.judgement, found.evidence["side"]) == (Judgement.BROKEN, side.name.lower())
    assert "4111" not in str(found)


def test_g2_a_card_whose_check_digit_does_not_fit_is_to_be_listened_to(hotline: Hotline) -> None:
    heard(hotline, a_measured_call(hotline), caller=CARD[:-1] + "二", ours="好")
    found = of(hotline, "G2")
    assert (found.judgement, found.why) == (Judgement.NOT_JUDGED, WhyJudged.TO_BE_CHECKED)


def test_g2_what_was_said_in_a_pause_is_not_there_and_a_call_without_a_recording_holds_nothing(
    hotline: Hotline,
) -> None:
    heard(hotline, a_measured_call(hotline), caller="我 报 卡号", ours="好 了 吗")
    found = of(hotline, "G2")
    assert (found.judgement, found.value, found.unit) == (Judgement.KEPT, 1.0, "pauses")


def test_g2_no_recording_no_card(hotline: Hotline) -> None:
    a_measured_call(hotline, call=dataclasses.replace(answered_call(), recordings=()))
    found = of(hotline, "G2")
    assert (found.judgement, found.why) == (Judgement.NOT_APPLICABLE, WhyJudged.NOT_RECORDED)


def test_g2_what_was_judged_stays_when_the_recording_is_deleted(hotline: Hotline) -> None:
    call = a_measured_call(hotline)
    heard(hotline, call, caller=CARD, ours="好")
    assert of(hotline, "G2").judgement is Judgement.BROKEN
    with hotline.storage.writing() as tx:
        (entry,) = RecordingStore(tx).of_sources(call.node, [f"{call.linkedid}.raw"])
        RecordingStore(tx).update(dataclasses.replace(entry, state=RecordingState.DELETED))
        for each in TranscriptStore(tx).of(entry.id or 0):
            TranscriptStore(tx).update(dataclasses.replace(each, state=TranscriptState.FAILED, words=(), text=""))
    clock_of(hotline).advance(minutes=5)
    a_measured_call(hotline)
    assert of(hotline, "G2").judgement is Judgement.BROKEN


def test_a14_the_duty_mobile_is_asked_too_and_is_nobodys_extension(hotline: Hotline) -> None:
    call = duty_call()
    a_measured_call(hotline, findings=(), call=call)
    heard(hotline, call, caller="好", ours=GIVEN)
    clock_of(hotline).advance(days=2)
    assert of(hotline, "A14").person_id is None


def test_a14_g2_months_of_which_nothing_told_are_taken_back(hotline: Hotline) -> None:
    """Of before these were asked of calls."""
    a_measured_call(hotline)
    at = midnight(date(2026, 12, 1)) - timedelta(seconds=1)
    old = [
        Verdict(rule, "", Subject.MONTH, "2026-11", at, Judgement.NOT_JUDGED, why=WhyJudged.NOT_SEEN.value)
        for rule in ("A14", "G2")
    ]
    with hotline.storage.writing() as tx:
        VerdictStore(tx).add([NewVerdict(1, each) for each in old], NOW)
    clock_of(hotline).now = midnight(date(2026, 12, 1)) + timedelta(hours=1)
    judged(hotline)
    months = [
        each for each in verdicts(hotline.storage) if each.subject is Subject.MONTH and each.rule in ("A14", "G2")
    ]
    assert {(each.judgement, each.why) for each in months} == {(Judgement.NOT_APPLICABLE, WhyJudged.WITHDRAWN)}
