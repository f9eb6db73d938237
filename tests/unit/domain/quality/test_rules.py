"""Each rule of speech and handling, kept and broken, with its evidence."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.quality import Finding, JudgedTalk, Levels, Ringing, Stretch, evaluate, with_company
from hotline.domain.recordings.transcript import Word
from tests.support.speech import STEP, a_talk, default_rules, level, levels, say

RULES = with_company(default_rules(), "公司")
GREETING = "您好 公司 很 高兴 为 您 服务"
CLOSING = "请问 还有 其他 问题 吗 感谢 您 的 来电 再见"


def found(talk: JudgedTalk, kind: str, **changed: dict[str, object]) -> list[Finding]:
    rules = with_company(default_rules(**changed), "公司") if changed else RULES
    return [finding for finding in evaluate(talk, rules) if finding.kind == kind]


def only(talk: JudgedTalk, kind: str, **changed: dict[str, object]) -> Finding:
    [finding] = found(talk, kind, **changed)
    return finding


# ---- C1, C2
def test_c1_the_whole_greeting_is_no_breach() -> None:
    finding = only(a_talk(our_words=say(GREETING, 6.0)), "opening")
    assert (finding.rule, finding.breach, finding.counts, finding.value, finding.limit) == ("C1", False, True, 3, 3)


def test_c1_a_greeting_without_the_company_is_a_breach_that_names_it() -> None:
    finding = only(a_talk(our_words=say("您好 很 高兴 为 您 服务", 6.0)), "opening")
    assert (finding.breach, finding.counts, finding.value, finding.note) == (True, True, 2, "公司")
    assert (finding.start, finding.words) == (6.0, "您好很高兴为您服务")


def test_c1_a_greeting_that_comes_late_is_a_breach() -> None:
    assert only(a_talk(our_words=say("喂 你好", 6.0) + say(GREETING, 25.0)), "opening").breach


def test_c1_words_of_doubtful_confidence_are_to_be_checked() -> None:
    finding = only(a_talk(our_words=say("您好", 6.0, confidence=0.4)), "opening")
    assert finding.breach and not finding.counts and finding.confidence == 0.4


def test_c1_a_silent_opening_counts_an_unintelligible_one_does_not() -> None:
    silent = a_talk(our_words=(), levels=levels(65, [(5, 20)], []))
    unintelligible = a_talk(our_words=(), levels=levels(65, [], [(5, 20)]))
    assert only(silent, "opening").counts
    assert not only(unintelligible, "opening").counts


def test_c1_is_not_asked_of_whoever_takes_the_caller_over_nor_without_a_transcript() -> None:
    assert found(a_talk(our_words=say("喂", 6.0), transferred_in=True), "opening") == []
    assert found(a_talk(), "opening") == []


def test_c2_kept_and_broken() -> None:
    kept = a_talk(our_words=say(CLOSING, 52.0))
    broken = a_talk(our_words=say("感谢 您 的 来电 再见", 52.0), hung_up_at=70.0)
    assert not only(kept, "closing").breach
    finding = only(broken, "closing")
    assert finding.breach and finding.counts and finding.note.startswith("还有其他问题")


def test_c2_a_caller_who_leaves_in_the_middle_of_our_words_is_to_be_checked() -> None:
    finding = only(a_talk(our_words=say("我 马上 为 您 查询", 63.0)), "closing")
    assert finding.breach and not finding.counts


def test_c2_is_asked_of_the_last_one_only() -> None:
    assert found(a_talk(our_words=say(GREETING, 6.0), last=False), "closing") == []


# ---- C3
@pytest.mark.parametrize(("waited", "breach"), [(4.9, True), (5.0, False), (8.0, False)])
def test_c3_whoever_hangs_up_first_waits_after_the_goodbye(waited: float, breach: bool) -> None:
    words = say("再见", 50.0)
    talk = a_talk(our_words=words, we_hung_up=True, hung_up_at=words[-1].end + waited)
    finding = only(talk, "we_hung_up")
    assert (finding.breach, finding.value, finding.words) == (breach, waited, "再见")


def test_c3_the_caller_who_hangs_up_first_is_no_breach() -> None:
    assert not only(a_talk(), "caller_hung_up").breach


def test_c3_without_a_transcript_is_to_be_checked() -> None:
    finding = only(a_talk(we_hung_up=True), "we_hung_up")
    assert finding.breach and not finding.counts


# ---- C4
def test_c4_forbidden_words_are_found_where_they_are_said() -> None:
    talk = a_talk(our_words=say("这个 不 归 我 管 你 找 别人", 20.0))
    assert [(f.words, f.start) for f in found(talk, "forbidden")] == [("不归我管", 20.8), ("你找别人", 22.4)]


def test_c4_the_caller_may_say_them() -> None:
    talk = a_talk(caller_words=say("你 说 不 归 我 管", 20.0), our_words=say(GREETING, 6.0))
    assert found(talk, "forbidden") == []


def test_c4_before_and_after_this_operators_talk_it_is_not_theirs() -> None:
    talk = a_talk(our_words=say("没办法", 1.0) + say("没办法", 70.0))
    assert found(talk, "forbidden") == []


# ---- C5
@pytest.mark.parametrize(("a_minute", "breach"), [(110, True), (125, False), (150, False), (175, False), (200, True)])
def test_c5_characters_a_minute_of_speech(a_minute: int, breach: bool) -> None:
    words = say("服务 " * 40, 6.0, 60 / a_minute)
    finding = only(a_talk(our_words=words), "speech_rate")
    assert finding.breach == breach and finding.value == pytest.approx(a_minute, abs=0.2)


def test_c5_pauses_do_not_make_speech_slower() -> None:
    one = say("服务 " * 20, 6.0, 0.4)
    other = say("服务 " * 20, one[-1].end + 15, 0.4)
    finding = only(a_talk(our_words=one + other), "speech_rate")
    assert finding.value == pytest.approx(150, abs=0.5)


def test_c5_noise_that_is_taken_for_a_filler_is_no_word_of_anybody() -> None:
    """Nor does it count for any other rule."""
    said = say("服务 " * 40, 6.0, 0.4)
    noise = tuple(word for at in range(6, 40) for word in say("嗯 嗯 呃", at + 0.05, 0.1))
    mixed = tuple(sorted(said + noise, key=lambda word: word.start))
    assert only(a_talk(our_words=mixed), "speech_rate") == only(a_talk(our_words=said), "speech_rate")
    assert found(a_talk(our_words=mixed, we_hung_up=True, hung_up_at=60.0), "we_hung_up") == (
        found(a_talk(our_words=said, we_hung_up=True, hung_up_at=60.0), "we_hung_up")
    )


def test_c5_a_few_words_say_nothing_of_the_rate() -> None:
    assert found(a_talk(our_words=say("您好", 6.0, 0.1)), "speech_rate") == []


# ---- C6, A13
HOLD = (Stretch(20.0, 30.0),)


def test_c6_an_announced_hold_with_thanks_is_no_breach() -> None:
    words = say("请 稍等", 18.5) + say("让 您 久等 了", 30.5)
    talk = a_talk(our_words=words, holds=HOLD)
    assert [f.breach for f in evaluate(talk, RULES) if f.rule == "C6"] == [False, False]


def test_c6_an_unannounced_hold_without_thanks_is_two_breaches() -> None:
    talk = a_talk(our_words=say("好的", 18.0) + say("查 到 了", 31.0), holds=HOLD)
    assert [(f.kind, f.breach) for f in evaluate(talk, RULES) if f.rule == "C6"] == [
        ("hold_announced", True),
        ("hold_thanked", True),
    ]


def test_c6_nobody_is_thanked_who_is_not_taken_back() -> None:
    talk = a_talk(our_words=say("请 稍等", 62.0), holds=(Stretch(63.0, 65.0),))
    assert found(talk, "hold_thanked") == []


def test_c6_a_transfer_is_announced() -> None:
    words = say("我 为 您 转接", 57.0)
    told = a_talk(our_words=words, last=False, transferred_at=65.0)
    untold = a_talk(our_words=say("好的", 57.0), last=False, transferred_at=65.0)
    assert not only(told, "transfer_announced").breach
    assert only(untold, "transfer_announced").breach


def test_c6_a_transfer_after_a_consultation_is_announced_before_the_caller_waits_for_it() -> None:
    def a_consultation(words: tuple[Word, ...]) -> JudgedTalk:
        return a_talk(our_words=words, holds=(Stretch(30.0, 65.0),), last=False, transferred_at=65.0)

    told = a_consultation(say("我 为 您 转接 技术部", 26.0))
    assert not only(told, "transfer_announced").breach
    assert not only(told, "hold_announced").breach, "it is said once, for both"
    untold = a_consultation(say("好的", 26.0))
    assert [f.breach for f in evaluate(untold, RULES) if f.rule == "C6"] == [True, True]
    too_early = a_consultation(say("我 为 您 转接", 6.0))
    assert only(too_early, "transfer_announced").breach


def test_c6_an_earlier_hold_announces_no_transfer() -> None:
    words = say("我 为 您 转接", 26.0) + say("您 久等 了", 41.0)
    talk = a_talk(our_words=words, holds=(Stretch(30.0, 40.0),), last=False, transferred_at=65.0)
    assert only(talk, "transfer_announced").breach


def test_g2_what_may_have_been_said_in_a_pause_of_the_recording_is_to_be_checked() -> None:
    """C1, C2, C6, C12, C13: nobody knows what was said there. What was heard beside it counts as ever."""

    def paused(words: tuple[Word, ...]) -> JudgedTalk:
        pauses, holds = (Stretch(40.0, 64.9),), (Stretch(50.0, 52.0),)
        return a_talk(our_words=words, pauses=pauses, holds=holds, complaint=True)

    talk = paused(say("您好", 6.0))
    doubtful = {f.kind: f.counts for f in evaluate(talk, RULES) if f.breach and f.rule in ("C2", "C6", "C12", "C13")}
    assert doubtful == dict.fromkeys(("closing", "hold_announced", "hold_thanked", "apology", "surname_asked"), False)
    assert only(talk, "opening").counts, "no pause lies in the opening"
    sorry = paused(say("非常 抱歉", 20.0))
    assert (only(sorry, "apology").breach, only(sorry, "apology").counts) == (False, True)


@pytest.mark.parametrize(("prompts", "breach"), [((), True), ((80.0,), True), ((80.0, 141.0), False)])
def test_a13_on_hold_a_prompt_is_heard_every_minute(prompts: tuple[float, ...], breach: bool) -> None:
    words = tuple(w for at in prompts for w in say("我们 正在 查询", at))
    talk = a_talk(200.0, our_words=words, holds=(Stretch(20.0, 155.0),))
    finding = only(talk, "hold_prompt")
    assert (finding.breach, finding.value, finding.limit) == (breach, len(prompts), 2)


def test_a13_a_short_hold_needs_none() -> None:
    assert found(a_talk(our_words=(), holds=(Stretch(10.0, 60.0),)), "hold_prompt") == []


# ---- C7
def test_c7_beginning_while_the_caller_has_the_word_is_talking_over() -> None:
    talk = a_talk(levels=levels(65, [(10, 20), (30, 31)], [(16, 22), (25, 31)]))
    finding = only(talk, "talking_over")
    assert (finding.breach, finding.value, finding.start, finding.end) == (True, 4.0, 16.0, 20.0)


def test_c7_a_caller_who_talks_over_us_and_short_assent_are_no_breach() -> None:
    talk = a_talk(levels=levels(65, [(20, 30)], [(10, 24), (26, 26.3)]))
    assert (only(talk, "talking_over").value, only(talk, "talking_over").breach) == (0.0, False)


# ---- C8, A10, A8
def test_c8_is_a_measure_and_a10_a_limit() -> None:
    assert not only(a_talk(360.0), "length").breach
    assert found(a_talk(600.0), "too_long") == []
    finding = only(a_talk(660.0), "too_long")
    assert (finding.rule, finding.value, finding.start) == ("A10", 11.0, 605.0)


@pytest.mark.parametrize(
    ("rings", "waited", "breaches"), [(3, 30.0, []), (4, 18.0, ["answer_rings"]), (2, 30.1, ["answer_seconds"])]
)
def test_a8_three_rings_and_thirty_seconds(rings: int, waited: float, breaches: list[str]) -> None:
    talk = a_talk(ringing=Ringing(rings, waited))
    assert [f.kind for f in evaluate(talk, RULES) if f.rule == "A8" and f.breach] == breaches


@pytest.mark.parametrize(("ours", "value", "breach"), [([(6, 20)], 1.0, False), ([(40, 50)], 35.0, True)])
def test_a8_our_first_words_come_within_thirty_seconds_of_the_pick_up(
    ours: list[tuple[float, float]], value: float, breach: bool
) -> None:
    finding = only(a_talk(ringing=Ringing(1, 3.0), levels=levels(65, [(7, 9)], ours)), "first_words")
    assert (finding.rule, finding.value, finding.breach, finding.counts) == ("A8", value, breach, True)
    assert (finding.limit, finding.start, finding.end) == (30, 5.0, 5.0 + value)
    assert only(a_talk(ringing=Ringing(1, 3.0), our_words=say("您好", ours[0][0])), "first_words").value == value


def test_a8_of_whom_nothing_is_heard_a_person_has_to_check() -> None:
    silent = a_talk(ringing=Ringing(1, 3.0), levels=levels(65, [(7, 9)], []))
    finding = only(silent, "first_words")
    assert (finding.value, finding.breach, finding.counts) == (60.0, True, False)


def test_a8_first_words_are_not_asked_where_nobody_could_hear_or_the_caller_was_gone_before() -> None:
    assert found(a_talk(ringing=Ringing(1, 3.0)), "first_words") == []
    assert found(a_talk(20.0, ringing=Ringing(1, 3.0), levels=levels(25, [(7, 9)], [])), "first_words") == []
    taken_over = a_talk(ringing=Ringing(1, 3.0), levels=levels(65, [], [(40, 50)]), transferred_in=True)
    assert found(taken_over, "first_words") == []


# ---- the sound
def test_q1_a_long_silence_of_both_outside_holds() -> None:
    quiet = a_talk(levels=levels(65, [(5, 10), (40, 50)], [(10, 15)]), holds=(Stretch(50.0, 65.0),))
    finding = only(quiet, "silence")
    assert (finding.start, finding.end, finding.value) == (15.0, 40.0, 25.0)


def test_q2_shouting_and_too_quiet() -> None:
    shouting = Levels(STEP, level(65, []), level(65, [(5, 30)], -3.0))
    whispering = Levels(STEP, level(65, []), level(65, [(5, 30)], -42.0))
    assert [f.kind for f in evaluate(a_talk(levels=shouting), RULES) if f.rule == "Q2" and f.breach] == ["shouting"]
    assert [f.kind for f in evaluate(a_talk(levels=whispering), RULES) if f.rule == "Q2" and f.breach] == ["too_quiet"]


def test_q3_a_dead_side_counts_a_silent_one_is_to_be_checked() -> None:
    dead = Levels(STEP, [-120.0] * 650, level(65, [(5, 60)]))
    finding = only(a_talk(levels=dead), "caller_unheard")
    assert finding.breach and finding.counts
    silent = only(a_talk(levels=levels(65, [], [(5, 60)])), "caller_unheard")
    assert silent.breach and not silent.counts
    assert found(a_talk(8.0, levels=dead), "caller_unheard") == []


# ---- all
NAMES = [f.name for f in dataclasses.fields(RULES) if hasattr(getattr(RULES, f.name), "enabled")]


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_can_be_off(name: str) -> None:
    talk = a_talk(
        700.0,
        our_words=say("保证 不归我管 " * 60, 6.0),
        levels=Levels(STEP, [-120.0] * 7100, level(710, [(5, 100)], -3.0)),
        holds=(Stretch(200.0, 300.0),),
        we_hung_up=True,
        ringing=Ringing(9, 90.0),
        complaint=True,
    )
    with_all = {(f.rule, f.kind) for f in evaluate(talk, RULES)}
    off = dataclasses.replace(RULES, **{name: dataclasses.replace(getattr(RULES, name), enabled=False)})
    assert {(f.rule, f.kind) for f in evaluate(talk, off)} < with_all


stretch = st.tuples(st.floats(0, 60), st.floats(0, 60)).map(sorted).map(tuple)


@given(
    seconds=st.floats(0.5, 90),
    ours=st.lists(stretch, max_size=5),
    caller=st.lists(stretch, max_size=5),
    text=st.text(max_size=60),
    holds=st.lists(stretch, max_size=3),
    we=st.booleans(),
)
def test_whatever_was_said_the_evidence_lies_within_the_call(
    seconds: float, ours: list, caller: list, text: str, holds: list, we: bool
) -> None:
    talk = a_talk(
        seconds,
        our_words=say(text, 5.5),
        caller_words=(),
        levels=levels(100, caller, ours),
        we_hung_up=we,
        holds=tuple(Stretch(*hold) for hold in holds),
    )
    findings = evaluate(talk, RULES)
    assert findings == evaluate(talk, RULES)
    for finding in findings:
        assert finding.start is None or finding.start <= (finding.end or 0) + 1e-6
        assert finding.confidence is None or 0 <= finding.confidence <= 1
