"""Figures 16, 37–40, 45 and 47: callbacks, quality, satisfaction, deadlines, recordings and the line."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.domain.reports.catalogue_calls import INCOMING
from hotline.domain.reports.catalogue_cases import CLOCKS
from hotline.domain.reports.defining import (
    COUNT,
    LINE_DAYS,
    LOW,
    NEITHER,
    PERCENT,
    PERSON_DAYS,
    SECONDS,
    Group,
    at_rank,
    named,
    share,
    sum_of,
)
from hotline.domain.reports.figure import Attribution, Figure, Taken, Text, Unit
from hotline.domain.reports.scope import DAYS, Axis

_CALLBACKS = Group(
    Text("在该时段起欠下的回电", "callbacks that became owed in the time"),
    Text("并入其他的、在欠下之前已了结的", "those joined to another one, or settled before they were owed"),
    Attribution.OWED,
    DAYS | {Axis.LINE, Axis.PERSON},
)
_EXAMINED = Group(
    Text(
        "已公布的质检，按来电时间归属，申诉改判后的分数",
        "published examinations, by the call's arrival, with the score after an appeal",
    ),
    Text("校准用的质检、未完成的质检", "examinations for calibration, and those not done yet"),
    Attribution.ARRIVAL,
    PERSON_DAYS,
)
_SPOKEN = Group(
    Text("已测量通话内容的来电", "calls whose sound was measured"),
    Text("没有录音或尚未测量的来电", "calls without a recording, or not measured yet"),
    Attribution.ARRIVAL,
    PERSON_DAYS,
)
_RATINGS = Group(
    Text("被邀请评价的来电者", "callers who were asked how their call was"),
    Text("未被邀请的", "callers who were not asked"),
    Attribution.OFFERED,
    DAYS | {Axis.LINE, Axis.PERSON},
)
_VISITS = Group(
    Text("在该时段办结的回访", "visits closed in the time"),
    Text("未进行的（不需要、不再欠）", "visits never made: not wanted, not owed any more"),
    Attribution.CLOSED,
    DAYS | {Axis.LINE, Axis.PERSON},
)
_LINE_TESTS = Group(
    Text("线路自测", "the line's tests of itself"),
    Text("仍在进行的", "those that still run"),
    Attribution.STARTED,
    LINE_DAYS,
)
_DIALS = Group(
    Text("经回拨中继的外拨，已结束的", "calls dialled over the callback trunk that are over"),
    Text(
        "客服自己的话机未接起的；呼入方向：运营商因占线拒绝的来电到不了这里",
        "those that our own phone did not pick up; incoming calls: what the carrier turns away never comes here",
    ),
    Attribution.STARTED,
    DAYS | {Axis.LINE, Axis.PERSON},
)


def figures() -> Iterator[Figure]:
    yield from _callbacks()
    yield from _spoken()
    yield from _examined()
    yield from _satisfaction()
    yield from _clocks()
    yield from _kept()


def _callbacks() -> Iterator[Figure]:
    yield named(
        _CALLBACKS,
        "callbacks_owed",
        16,
        ("应回电", "Callbacks owed"),
        ("回电数", "number of callbacks"),
        sum_of("owed"),
        COUNT,
        NEITHER,
    )
    yield named(
        _CALLBACKS,
        "callback_closure",
        16,
        ("漏接回电率", "Callbacks closed"),
        ("已了结 ÷ 应回电", "closed ÷ owed"),
        share("callbacks_closed", "owed"),
    )
    yield named(
        _CALLBACKS,
        "callback_closure_in_time",
        16,
        ("按时了结率", "Callbacks closed in time"),
        ("到期前了结 ÷ 应回电", "closed before they were first due ÷ owed"),
        share("callbacks_closed_in_time", "owed"),
    )
    yield named(
        _CALLBACKS,
        "callbacks_called_in_time",
        16,
        ("按时回电率", "Called back in time"),
        ("到期前回电 ÷（到期前 + 迟）", "called before due ÷ (before due + late)"),
        share("callbacks_called_in_time", ("callbacks_called_in_time", "callbacks_called_late")),
    )
    yield named(
        _CALLBACKS,
        "callbacks_unreturned",
        16,
        ("尚未回电", "Unreturned now"),
        ("仍未了结的回电数", "number still open now"),
        sum_of("callbacks_open"),
        COUNT,
        LOW,
    )
    yield named(
        _CALLBACKS,
        "callback_median_age",
        16,
        ("回电用时中位数", "Median age of callbacks"),
        ("从欠下到了结的中位数，含夜间", "median from owed until closed, nights count"),
        at_rank("callback_age", 50),
        SECONDS,
        LOW,
    )


def _spoken() -> Iterator[Figure]:
    yield named(
        _SPOKEN,
        "interruptions",
        38,
        ("抢话次数", "Interruptions"),
        ("抢话（C7）违规次数", "breaches of C7, talking over the caller"),
        sum_of("interruptions"),
        COUNT,
        LOW,
    )
    yield named(
        _SPOKEN,
        "longest_silence",
        38,
        ("平均最长沉默", "Longest silence, mean"),
        ("Σ 每通最长沉默 ÷ 通数", "Σ longest silence of each call ÷ calls"),
        share("silence_seconds", "silence_calls", 1.0),
        SECONDS,
        LOW,
    )
    yield named(
        _SPOKEN,
        "interruption_seconds",
        38,
        ("平均抢话时长", "Talking over the caller, mean"),
        ("Σ 每段通话的抢话秒数 ÷ 通话段数", "Σ seconds of talking over the caller ÷ talks"),
        share("interrupted_seconds", "interrupted_calls", 1.0),
        SECONDS,
        LOW,
    )
    yield named(
        _SPOKEN,
        "time_to_greeting",
        38,
        ("平均开口时长", "Time to our first words"),
        ("Σ 接起到我方开口 ÷ 通话（A8）", "Σ from picking up to our first words ÷ talks (A8)"),
        share("first_words_ms", "first_words", 0.001),
        SECONDS,
        LOW,
    )
    yield named(
        _SPOKEN,
        "automatic_score",
        38,
        ("自动评分均值", "Automatic score, mean"),
        ("Σ 分 ÷ 有分的通话", "Σ points ÷ calls with a score"),
        share("score_points", "scored", 1.0),
        Unit.POINTS,
    )


def _examined() -> Iterator[Figure]:
    yield named(
        _EXAMINED,
        "examined_share",
        39,
        ("质检覆盖率", "Examination coverage"),
        ("质检通话 ÷ 客服接通", "examined calls ÷ answered by operators"),
        share("examined", "by_operator"),
    )
    yield named(
        _EXAMINED,
        "examination_score",
        39,
        ("质检均分", "Examination score, mean"),
        (
            "Σ 分 ÷ 有分的质检；每次的分已按评分表权重加权",
            "Σ points ÷ examinations with a score; each is weighted by its score form",
        ),
        share("examined_points", "examined_scored", 1.0),
        Unit.POINTS,
    )
    yield named(
        _EXAMINED,
        "examination_failures",
        39,
        ("质检不合格率", "Examinations failed"),
        ("不合格（含致命项）÷ 质检", "not passed, critical items among them ÷ examined"),
        share("examined_failed", "examined"),
        PERCENT,
        LOW,
    )
    yield named(
        _EXAMINED,
        "examination_critical",
        39,
        ("致命项不合格率", "Critical failures"),
        ("得 0 分（致命项未得分）÷ 有分的质检", "score of 0, since a critical item had no points ÷ with a score"),
        share("examined_critical", "examined_scored"),
        PERCENT,
        LOW,
    )
    yield named(
        _EXAMINED,
        "appeals_upheld",
        39,
        ("申诉成立率", "Appeals upheld"),
        ("改判 ÷ 已裁定的申诉", "changed ÷ appeals decided"),
        share("appeals_upheld", "appeals_decided"),
        PERCENT,
        LOW,
    )


def _satisfaction() -> Iterator[Figure]:
    yield named(
        _RATINGS,
        "ratings_offered",
        40,
        ("邀评量", "Asked for a rating"),
        ("被邀评的来电者数", "callers asked"),
        sum_of("ratings_offered"),
        COUNT,
        NEITHER,
    )
    yield named(
        _RATINGS,
        "rating_response",
        40,
        ("参评率", "Response rate"),
        ("参评 ÷ 邀评", "answered ÷ asked"),
        share("ratings_answered", "ratings_offered"),
    )
    yield named(
        _RATINGS,
        "satisfied",
        40,
        ("满意率", "Satisfied"),
        ("satisfaction.satisfied_from 分以上 ÷ 参评", "satisfaction.satisfied_from or more ÷ answers"),
        share("ratings_satisfied", "ratings_answered"),
    )
    yield named(
        _RATINGS,
        "rating_mean",
        40,
        ("满意度均值", "Satisfaction, mean"),
        ("Σ 分 ÷ 参评（满分 5）", "Σ answers ÷ answers given, of 5"),
        share("ratings_points", "ratings_answered", 1.0),
        Unit.POINTS,
    )


def _clocks() -> Iterator[Figure]:
    for measure, zh, en in (
        ("promises", "承诺兑现率", "Promises kept"),
        ("records", "记录及时率", "Records in time"),
        ("visits", "回访及时率", "Visits in time (three days)"),
    ):
        name = {"promises": "promises_kept", "records": "records_in_time", "visits": "visits_in_time"}[measure]
        yield named(
            CLOCKS, name, 45, (zh, en), ("按时 ÷ 应办", "kept ÷ due"), share(f"{measure}_kept", f"{measure}_due")
        )
    yield named(
        _VISITS,
        "visits_reached",
        45,
        ("回访成功率", "Visits that reached the customer"),
        ("答复 ÷ 已进行", "answered ÷ made"),
        share("visits_reached", "visits_made"),
    )
    yield named(
        _VISITS,
        "visits_satisfied",
        45,
        ("回访满意率", "Satisfied when visited"),
        ("满意 ÷ 答复", "satisfied ÷ answered"),
        share("visits_satisfied", "visits_reached"),
    )


def _kept() -> Iterator[Figure]:
    yield named(
        INCOMING,
        "recordings_complete",
        47,
        ("录音完整率", "Recordings complete"),
        ("有录音的通话 ÷ 全部通话（含外拨）", "talks with a recording ÷ talks, dialled ones too"),
        share("recorded", "talks"),
    )
    yield named(
        _LINE_TESTS,
        "line_up",
        47,
        ("线路可用率", "Line up"),
        ("通过的自测 ÷ 自测", "tests passed ÷ tests"),
        share("line_tests_passed", "line_tests"),
    )
    yield named(
        _LINE_TESTS,
        "line_faults",
        37,
        ("线路故障", "Line faults"),
        ("未通过的自测次数", "number of tests failed"),
        Taken(sum_of("line_tests").how, ("line_tests", "-line_tests_passed")),
        COUNT,
        LOW,
    )
    yield named(
        _DIALS,
        "blockage",
        37,
        ("外拨阻塞率", "Blockage of calls we dial"),
        (
            "因通道占满未拨出（自有上限或运营商 503）÷ 外拨",
            "refused for want of channels, ours or the carrier's (503) ÷ dialled",
        ),
        share("dial_congested", "dial_attempts"),
        PERCENT,
        LOW,
    )
