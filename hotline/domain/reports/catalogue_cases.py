"""Figures 18 and 41–44: cases, their clocks, complaints and opinions."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.domain.reports.defining import (
    CASES,
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
    of_all,
    share,
    sum_of,
)
from hotline.domain.reports.figure import Attribution, Figure, How, Taken, Text, Unit
from hotline.domain.reports.scope import Axis

_CASES = Group(
    Text("在该时段立案的工单", "cases opened in the time"),
    Text("并入其他工单的", "cases merged into another one"),
    Attribution.OPENED,
    CASES,
)
_MOVED = Group(
    Text("时段结束时未结的工单，何时立案不限", "cases open at the end of the time, whenever they were opened"),
    Text(
        "并入其他工单的；办结后重开的视为一直未结",
        "cases merged into another one; one that was reopened counts as never closed",
    ),
    Attribution.STEP,
    CASES - {Axis.WEEKDAY},
)
_ABOUT = Group(
    Text(
        "在该时段立案、针对我方某人的工单，归该人", "cases opened in the time that are about one of us, of that person"
    ),
    Text("并入其他工单的；不针对任何人的", "cases merged into another one; those about nobody"),
    Attribution.OPENED,
    PERSON_DAYS,
)
CLOCKS = Group(
    Text("到期日在该时段内，且已办结或已到期的", "what was due in the time, and is done or due by now"),
    Text("尚未到期、已暂停而无到期日的", "what is not due yet, or is paused and has no due moment"),
    Attribution.DUE,
    LINE_DAYS,
)
_PER_THOUSAND = 1000.0


def figures() -> Iterator[Figure]:
    yield named(
        _CASES,
        "cases_opened",
        41,
        ("立案", "Cases opened"),
        ("工单数", "number of cases"),
        sum_of("cases_opened"),
        COUNT,
        NEITHER,
    )
    yield named(
        _CASES,
        "cases_still_open",
        41,
        ("其中未结", "Of them still open"),
        ("其中现在未结的工单数", "of them open now"),
        sum_of("cases_open"),
        COUNT,
        LOW,
        CASES | {Axis.CASE_AGE},
    )
    yield named(
        _MOVED,
        "cases_open_at_end",
        41,
        ("期末未结", "Open at the end"),
        ("期末之前立案 − 期末之前办结", "opened before the end of the time − closed before it"),
        Taken(How.STOCK, ("cases_moved",)),
        COUNT,
        LOW,
    )
    yield named(
        _ABOUT,
        "complaints_about",
        44,
        ("针对个人的投诉", "Complaints about one of us"),
        ("工单数，重复投诉（F4）计两次", "number of cases, a repeated complaint (F4) twice"),
        sum_of("complaints_about"),
        COUNT,
        LOW,
    )
    yield named(
        _CASES,
        "opinions",
        44,
        ("客户意见", "Opinions"),
        ("投诉与建议工单数", "number of complaints and suggestions"),
        sum_of("opinions"),
        COUNT,
        NEITHER,
    )
    yield named(
        _CASES,
        "opinions_handled",
        44,
        ("意见有效处理率", "Opinions handled"),
        ("办结且有结果 ÷ 客户意见", "closed with a result ÷ opinions"),
        share("opinions_handled", "opinions"),
    )
    yield named(
        _CASES,
        "cases_reopened",
        41,
        ("重开率", "Reopened"),
        ("重开过 ÷ 立案", "ever reopened ÷ opened"),
        share("cases_reopened", "cases_opened"),
        PERCENT,
        LOW,
    )
    yield named(
        _CASES,
        "case_median_solving",
        41,
        ("办结用时中位数", "Median solving time"),
        ("立案到办结的中位数，按自然时间", "median from opened until closed, by the clock on the wall"),
        at_rank("case_solving", 50),
        SECONDS,
        LOW,
    )
    yield named(
        _CASES,
        "case_median_solving_worked",
        41,
        ("办结用时中位数（工作时间）", "Median solving time, working time"),
        (
            "立案到办结的工作时间中位数，按公司办结时的日历，含等候客户的时间",
            "median working time from opened until closed, by the company's calendar of then, waiting included",
        ),
        at_rank("case_solving_worked", 50),
        SECONDS,
        LOW,
    )
    yield named(
        _CASES,
        "cases_first_contact",
        18,
        ("工单首次解决率", "Cases solved with one contact"),
        ("办结且联系客户不超过一次 ÷ 立案", "closed with one contact at most ÷ opened"),
        share("cases_one_contact", "cases_opened"),
    )
    yield named(
        CLOCKS,
        "case_clocks_kept",
        41,
        ("工单时限遵守率", "Case clocks kept"),
        ("按时 ÷ 应办", "kept ÷ due"),
        share("case_clocks_kept", "case_clocks_due"),
        axes=LINE_DAYS | {Axis.CLOCK},
    )
    yield named(
        CLOCKS,
        "answered_in_due_time",
        42,
        ("按时答复率", "Answered in due time"),
        ("首次答复按时 ÷ 应答复", "first answers in time ÷ due"),
        share("answers_kept", "answers_due"),
    )
    yield named(
        _CASES,
        "cases_solved",
        42,
        ("办结率", "Solved"),
        ("办结 ÷ 立案", "closed ÷ opened"),
        share("cases_closed", "cases_opened"),
    )
    yield named(
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
        yield named(
            _CASES,
            name,
            43,
            (zh, en),
            (f"{zh[:-1]} ÷ 派单", f"{en.lower()} ÷ dispatched to a department"),
            share(name, "cases_dispatched"),
            PERCENT,
            LOW,
        )
    yield named(
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
        ("complaints_severe", "每千通严重投诉", "Grave complaints per 1,000 calls"),
        ("complaints_medium", "每千通中等投诉", "Middling complaints per 1,000 calls"),
        ("complaints_light", "每千通轻微投诉", "Slight complaints per 1,000 calls"),
    ):
        yield named(
            _CASES,
            f"{name}_per_thousand",
            44,
            (zh, en),
            (
                f"{zh[3:]} ÷ 呼入量 × 1000；按部门、类型、程度时除以全部呼入量",
                "complaints ÷ incoming × 1,000; by department, kind or severity ÷ all incoming calls",
            ),
            of_all(name, "incoming", _PER_THOUSAND),
            Unit.RATIO,
            LOW,
            CASES - {Axis.PERSON},
        )
