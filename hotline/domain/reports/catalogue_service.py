"""Figures 16, 37–45 and 47: callbacks, quality, satisfaction, cases, deadlines, recordings and the line."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.domain.reports.catalogue_calls import INCOMING
from hotline.domain.reports.defining import (
    COUNT,
    HIGH,
    LINE_DAYS,
    LOW,
    NEITHER,
    PERCENT,
    PERSON_DAYS,
    SECONDS,
    Group,
    at_rank,
    share,
    sum_of,
)
from hotline.domain.reports.figure import Attribution, Better, Figure, Taken, Text, Unit
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
_CASES = Group(
    Text("在该时段立案的工单", "cases opened in the time"),
    Text("并入其他工单的", "cases merged into another one"),
    Attribution.OPENED,
    DAYS | {Axis.PERSON, Axis.SUBJECT, Axis.REGION, Axis.DEPARTMENT},
)
_ABOUT = Group(
    Text(
        "在该时段立案、针对我方某人的工单，归该人", "cases opened in the time that are about one of us, of that person"
    ),
    Text("并入其他工单的；不针对任何人的", "cases merged into another one; those about nobody"),
    Attribution.OPENED,
    PERSON_DAYS,
)
_CLOCKS = Group(
    Text("到期日在该时段内，且已办结或已到期的", "what was due in the time, and is done or due by now"),
    Text("尚未到期、已暂停而无到期日的", "what is not due yet, or is paused and has no due moment"),
    Attribution.DUE,
    LINE_DAYS,
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
_PER_THOUSAND = 1000.0


def figures() -> Iterator[Figure]:
    yield from _callbacks()
    yield from _spoken()
    yield from _examined()
    yield from _satisfaction()
    yield from _cases()
    yield from _clocks()
    yield from _kept()


def _of(
    group: Group,
    name: str,
    number: int,
    title: tuple[str, str],
    formula: tuple[str, str],
    taken: Taken,
    unit: Unit = PERCENT,
    better: Better = HIGH,
    axes: frozenset[Axis] | None = None,
) -> Figure:
    """What it means is what it is called."""
    return group.figure(name, number, title, title, formula, unit, better, taken, axes=axes)


def _callbacks() -> Iterator[Figure]:
    yield _of(
        _CALLBACKS,
        "callbacks_owed",
        16,
        ("应回电", "Callbacks owed"),
        ("回电数", "number of callbacks"),
        sum_of("owed"),
        COUNT,
        NEITHER,
    )
    yield _of(
        _CALLBACKS,
        "callback_closure",
        16,
        ("漏接回电率", "Callbacks closed"),
        ("已了结 ÷ 应回电", "closed ÷ owed"),
        share("callbacks_closed", "owed"),
    )
    yield _of(
        _CALLBACKS,
        "callback_closure_in_time",
        16,
        ("按时了结率", "Callbacks closed in time"),
        ("到期前了结 ÷ 应回电", "closed before they were first due ÷ owed"),
        share("callbacks_closed_in_time", "owed"),
    )
    yield _of(
        _CALLBACKS,
        "callbacks_called_in_time",
        16,
        ("按时回电率", "Called back in time"),
        ("到期前回电 ÷（到期前 + 迟）", "called before due ÷ (before due + late)"),
        share("callbacks_called_in_time", ("callbacks_called_in_time", "callbacks_called_late")),
    )
    yield _of(
        _CALLBACKS,
        "callbacks_unreturned",
        16,
        ("尚未回电", "Unreturned now"),
        ("仍未了结的回电数", "number still open now"),
        sum_of("callbacks_open"),
        COUNT,
        LOW,
    )
    yield _of(
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
    yield _of(
        _SPOKEN,
        "interruptions",
        38,
        ("抢话次数", "Interruptions"),
        ("抢话（C7）违规次数", "breaches of C7, talking over the caller"),
        sum_of("interruptions"),
        COUNT,
        LOW,
    )
    yield _of(
        _SPOKEN,
        "longest_silence",
        38,
        ("平均最长沉默", "Longest silence, mean"),
        ("Σ 每通最长沉默 ÷ 通数", "Σ longest silence of each call ÷ calls"),
        share("silence_seconds", "silence_calls", 1.0),
        SECONDS,
        LOW,
    )
    yield _of(
        _SPOKEN,
        "automatic_score",
        38,
        ("自动评分均值", "Automatic score, mean"),
        ("Σ 分 ÷ 有分的通话", "Σ points ÷ calls with a score"),
        share("score_points", "scored", 1.0),
        Unit.POINTS,
    )


def _examined() -> Iterator[Figure]:
    yield _of(
        _EXAMINED,
        "examined_share",
        39,
        ("质检覆盖率", "Examination coverage"),
        ("质检通话 ÷ 客服接通", "examined calls ÷ answered by operators"),
        share("examined", "by_operator"),
    )
    yield _of(
        _EXAMINED,
        "examination_score",
        39,
        ("质检均分", "Examination score, mean"),
        ("Σ 分 ÷ 有分的质检", "Σ points ÷ examinations with a score"),
        share("examined_points", "examined_scored", 1.0),
        Unit.POINTS,
    )
    yield _of(
        _EXAMINED,
        "examination_failures",
        39,
        ("质检不合格率", "Examinations failed"),
        ("不合格（含致命项）÷ 质检", "not passed, critical items among them ÷ examined"),
        share("examined_failed", "examined"),
        PERCENT,
        LOW,
    )
    yield _of(
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
    yield _of(
        _RATINGS,
        "ratings_offered",
        40,
        ("邀评量", "Asked for a rating"),
        ("被邀评的来电者数", "callers asked"),
        sum_of("ratings_offered"),
        COUNT,
        NEITHER,
    )
    yield _of(
        _RATINGS,
        "rating_response",
        40,
        ("参评率", "Response rate"),
        ("参评 ÷ 邀评", "answered ÷ asked"),
        share("ratings_answered", "ratings_offered"),
    )
    yield _of(
        _RATINGS,
        "satisfied",
        40,
        ("满意率", "Satisfied"),
        ("satisfaction.satisfied_from 分以上 ÷ 参评", "satisfaction.satisfied_from or more ÷ answers"),
        share("ratings_satisfied", "ratings_answered"),
    )
    yield _of(
        _RATINGS,
        "rating_mean",
        40,
        ("满意度均值", "Satisfaction, mean"),
        ("Σ 分 ÷ 参评（满分 5）", "Σ answers ÷ answers given, of 5"),
        share("ratings_points", "ratings_answered", 1.0),
        Unit.POINTS,
    )


def _cases() -> Iterator[Figure]:
    yield _of(
        _CASES,
        "cases_opened",
        41,
        ("立案", "Cases opened"),
        ("工单数", "number of cases"),
        sum_of("cases_opened"),
        COUNT,
        NEITHER,
    )
    yield _of(
        _CASES,
        "cases_still_open",
        41,
        ("其中未结", "Of them still open"),
        ("其中现在未结的工单数", "of them open now"),
        sum_of("cases_open"),
        COUNT,
        LOW,
    )
    yield _of(
        _ABOUT,
        "complaints_about",
        44,
        ("针对个人的投诉", "Complaints about one of us"),
        ("工单数，重复投诉（F4）计两次", "number of cases, a repeated complaint (F4) twice"),
        sum_of("complaints_about"),
        COUNT,
        LOW,
    )
    yield _of(
        _CASES,
        "opinions",
        44,
        ("客户意见", "Opinions"),
        ("投诉与建议工单数", "number of complaints and suggestions"),
        sum_of("opinions"),
        COUNT,
        NEITHER,
    )
    yield _of(
        _CASES,
        "opinions_handled",
        44,
        ("意见有效处理率", "Opinions handled"),
        ("办结且有结果 ÷ 客户意见", "closed with a result ÷ opinions"),
        share("opinions_handled", "opinions"),
    )
    yield _of(
        _CASES,
        "cases_reopened",
        41,
        ("重开率", "Reopened"),
        ("重开过 ÷ 立案", "ever reopened ÷ opened"),
        share("cases_reopened", "cases_opened"),
        PERCENT,
        LOW,
    )
    yield _of(
        _CASES,
        "case_median_solving",
        41,
        ("办结用时中位数", "Median solving time"),
        ("立案到办结的中位数，按自然时间", "median from opened until closed, by the clock on the wall"),
        at_rank("case_solving", 50),
        SECONDS,
        LOW,
    )
    yield _of(
        _CASES,
        "cases_first_contact",
        18,
        ("工单首次解决率", "Cases solved with one contact"),
        ("办结且联系客户不超过一次 ÷ 立案", "closed with one contact at most ÷ opened"),
        share("cases_one_contact", "cases_opened"),
    )
    yield _of(
        _CLOCKS,
        "case_clocks_kept",
        41,
        ("工单时限遵守率", "Case clocks kept"),
        ("按时 ÷ 应办", "kept ÷ due"),
        share("case_clocks_kept", "case_clocks_due"),
    )
    yield _of(
        _CLOCKS,
        "answered_in_due_time",
        42,
        ("按时答复率", "Answered in due time"),
        ("首次答复按时 ÷ 应答复", "first answers in time ÷ due"),
        share("answers_kept", "answers_due"),
    )
    yield _of(
        _CASES,
        "cases_solved",
        42,
        ("办结率", "Solved"),
        ("办结 ÷ 立案", "closed ÷ opened"),
        share("cases_closed", "cases_opened"),
    )
    yield _of(
        _CASES,
        "cases_satisfied",
        42,
        ("工单满意率", "Satisfied with the case"),
        ("满意或认可 ÷ 已回访", "satisfied or accepting ÷ visited"),
        share("cases_satisfied", "cases_asked"),
    )
    for name, zh, en in (
        ("cases_returned", "退回率", "Returned"),
        ("cases_extended", "延期率", "Extended"),
        ("cases_urged", "催办率", "Urged"),
    ):
        yield _of(
            _CASES,
            name,
            43,
            (zh, en),
            (f"{zh[:-1]} ÷ 派单", f"{en.lower()} ÷ dispatched to a department"),
            share(name, "cases_dispatched"),
            PERCENT,
            LOW,
        )
    yield _of(
        _CASES,
        "complaints",
        44,
        ("投诉量", "Complaints"),
        ("投诉工单数", "number of complaint cases"),
        sum_of("complaints"),
        COUNT,
        LOW,
    )
    for name, zh, en in (
        ("complaints", "每千通投诉", "Complaints per 1,000 calls"),
        ("complaints_severe", "每千通严重投诉", "Severe complaints per 1,000 calls"),
    ):
        yield _of(
            _CASES,
            f"{name}_per_thousand",
            44,
            (zh, en),
            (f"{zh[3:]} ÷ 呼入量 × 1000", "complaints ÷ incoming × 1,000"),
            share(name, "incoming", _PER_THOUSAND),
            Unit.RATIO,
            LOW,
            DAYS | {Axis.SUBJECT, Axis.REGION},
        )


def _clocks() -> Iterator[Figure]:
    for measure, zh, en in (
        ("promises", "承诺兑现率", "Promises kept"),
        ("records", "记录及时率", "Records in time"),
        ("visits", "回访及时率", "Visits in time (three days)"),
    ):
        name = {"promises": "promises_kept", "records": "records_in_time", "visits": "visits_in_time"}[measure]
        yield _of(
            _CLOCKS, name, 45, (zh, en), ("按时 ÷ 应办", "kept ÷ due"), share(f"{measure}_kept", f"{measure}_due")
        )
    yield _of(
        _VISITS,
        "visits_reached",
        45,
        ("回访成功率", "Visits that reached the customer"),
        ("答复 ÷ 已进行", "answered ÷ made"),
        share("visits_reached", "visits_made"),
    )
    yield _of(
        _VISITS,
        "visits_satisfied",
        45,
        ("回访满意率", "Satisfied when visited"),
        ("满意 ÷ 答复", "satisfied ÷ answered"),
        share("visits_satisfied", "visits_reached"),
    )


def _kept() -> Iterator[Figure]:
    yield _of(
        INCOMING,
        "recordings_complete",
        47,
        ("录音完整率", "Recordings complete"),
        ("有录音的通话 ÷ 全部通话（含外拨）", "talks with a recording ÷ talks, dialled ones too"),
        share("recorded", "talks"),
    )
    yield _of(
        _LINE_TESTS,
        "line_up",
        47,
        ("线路可用率", "Line up"),
        ("通过的自测 ÷ 自测", "tests passed ÷ tests"),
        share("line_tests_passed", "line_tests"),
    )
    yield _of(
        _LINE_TESTS,
        "line_faults",
        37,
        ("线路故障", "Line faults"),
        ("未通过的自测次数", "number of tests failed"),
        Taken(sum_of("line_tests").how, ("line_tests", "-line_tests_passed")),
        COUNT,
        LOW,
    )
    yield _of(
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
