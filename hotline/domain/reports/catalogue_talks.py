"""Figures 17–26 and 46: talks, holds, wrap-ups, repeats, transfers, callers; and calls that we dialled."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.domain.reports.catalogue_calls import INCOMING
from hotline.domain.reports.defining import (
    CALLS,
    COUNT,
    HIGH,
    LOW,
    NEITHER,
    PERCENT,
    SECONDS,
    Group,
    at_rank,
    longest,
    mean_seconds,
    share,
    sum_of,
)
from hotline.domain.reports.figure import Attribution, Better, Figure, How, Taken, Text, Unit

_DIALLED = Group(
    Text("经回电线路拨出且已结束的呼叫", "calls that we dialled over the callback trunk, and are over"),
    Text("400 线路的外拨尝试（一律拒绝）", "attempts to dial out over the 400 line, which are refused"),
    Attribution.ARRIVAL,
    CALLS,
)
_SPANS = {
    "talk": ("通话", "talk", "talk_ms", "answered", "接通到挂机，含保持", "from the answer to the end, holds in it"),
    "hold": ("保持", "hold", "hold_ms", "held", "我方保持；只算有保持的通话", "held by us; of calls with a hold"),
    "wrap_up": ("话后处理", "wrap-up", "wrap_up_ms", "by_operator", "客服的话后处理", "of the operator after the talk"),
    "handle": ("处理", "handle", "handle_ms", "answered", "通话（含保持）+ 话后处理", "talk with its holds + wrap-up"),
}


def figures() -> Iterator[Figure]:
    yield from _repeats()
    yield from _lasting()
    yield from _manner()
    yield from _callers()
    yield from _dialled()


def _repeats() -> Iterator[Figure]:
    what = (
        "同一号码、同一类别，之前七天内已接通过",
        "the same number was answered on the same subject in the seven days before",
    )
    yield _of_calls(
        "repeats",
        17,
        ("重复来电", "Repeat calls"),
        what,
        ("重复的接通数", "answered calls that are repeats"),
        sum_of("repeats"),
        COUNT,
        LOW,
    )
    yield _of_calls(
        "repeat_rate",
        17,
        ("重复来电率", "Repeat rate"),
        what,
        ("重复 ÷ 接通", "repeats ÷ answered"),
        share("repeats", "answered"),
        PERCENT,
        LOW,
    )
    yield _of_calls(
        "first_contact_resolution",
        18,
        ("首次解决率", "First-contact resolution"),
        (
            "一次接通就解决，之后七天无同类来电的近似值：1 − 重复率",
            "Approximated as calls that are no repeat of an earlier one",
        ),
        ("1 − 重复 ÷ 接通", "1 − repeats ÷ answered"),
        share(("answered", "-repeats"), "answered"),
        PERCENT,
        HIGH,
    )


def _lasting() -> Iterator[Figure]:
    for name, (zh, en, top, bottom, zh_what, en_what) in _SPANS.items():
        number = 20 if name == "handle" else 19
        yield _of_calls(
            f"{name}_time",
            number,
            (f"平均{zh}时长", f"Average {en} time"),
            (zh_what, en_what),
            (f"Σ {zh} ÷ 通数", f"Σ {en} ÷ calls with it"),
            mean_seconds(top, bottom),
            SECONDS,
            NEITHER,
        )
        for suffix, zh_much, en_much, taken in (
            ("p90", "P90", "p90", at_rank(name, 90)),
            ("longest", "最长", "longest", longest(name)),
        ):
            yield _of_calls(
                f"{name}_{suffix}",
                number,
                (f"{zh}时长 {zh_much}", f"{en.capitalize()} time, {en_much}"),
                (zh_what, en_what),
                (f"{zh}时长的 {zh_much}，整秒向上取整", f"{en_much} of the {en} times, in whole seconds rounded up"),
                taken,
                SECONDS,
                NEITHER,
            )
    yield _of_calls(
        "talk_time_without_hold",
        19,
        ("平均通话时长（不含保持）", "Average talk time without holds"),
        ("接通到挂机，不含我方保持", "From the answer to the end, without our holds"),
        ("（Σ 通话 − Σ 保持）÷ 通数", "(Σ talk − Σ hold) ÷ calls with it"),
        mean_seconds(("talk_ms", "-hold_ms"), "answered"),
        SECONDS,
        NEITHER,
    )
    yield _of_calls(
        "hold_share",
        21,
        ("保持占比", "Hold share"),
        ("处理时间中保持的比例", "Share of handle time on hold"),
        ("Σ 保持 ÷ Σ 处理", "Σ hold ÷ Σ handle"),
        share("hold_ms", "handle_ms"),
        PERCENT,
        LOW,
    )
    yield _of_calls(
        "hold_rate",
        21,
        ("保持率", "Hold rate"),
        ("有保持的通话比例", "Share of calls with a hold"),
        ("有保持 ÷ 接通", "calls with a hold ÷ answered"),
        share("held", "answered"),
        PERCENT,
        LOW,
    )
    yield _of_calls(
        "load",
        36,
        ("话务量", "Load"),
        ("处理时间之和，以 Erlang 小时计", "All handle time, in erlang hours"),
        ("Σ 处理秒数 ÷ 3600", "Σ handle seconds ÷ 3600"),
        sum_of("handle_ms", scale=1 / 3_600_000),
        Unit.ERLANG,
        NEITHER,
    )


def _manner() -> Iterator[Figure]:
    for name, number, zh, en, zh_what, en_what, top, bottom, better in (
        (
            "transfers_blind",
            22,
            "盲转率",
            "Blind transfers",
            "未经咨询直接转接",
            "Passed on without asking first",
            "blind",
            "answered",
            NEITHER,
        ),
        (
            "transfers_attended",
            22,
            "咨询转率",
            "Attended transfers",
            "先咨询后转接",
            "Passed on after asking",
            "attended",
            "answered",
            NEITHER,
        ),
        (
            "short_talk_rate",
            23,
            "短通话率",
            "Short talks",
            "通话不足 10 秒",
            "Talks of less than 10 s",
            "short_talks",
            "answered",
            LOW,
        ),
        (
            "hung_up_by_us",
            24,
            "我方先挂机率",
            "We hung up first",
            "我方先挂机",
            "Our side hung up first",
            "hung_up_by_us",
            "answered",
            LOW,
        ),
        (
            "in_three_rings",
            34,
            "三声内接起率",
            "Within three rings",
            "客服话机振铃不超过规定声数",
            "The operator's phone rang no more often than the rule says",
            "in_rings",
            "rung",
            HIGH,
        ),
    ):
        yield _of_calls(
            name,
            number,
            (zh, en),
            (zh_what, en_what),
            (f"{zh_what} ÷ 接通", f"{en.lower()} ÷ answered"),
            share(top, bottom),
            PERCENT,
            better,
        )


def _callers() -> Iterator[Figure]:
    yield _of_calls(
        "callers",
        25,
        ("来电人数", "Different callers"),
        ("不同号码数；隐藏号码不计", "Distinct numbers; withheld ones are left out"),
        ("不同号码", "distinct numbers"),
        Taken(How.DISTINCT, ("incoming",)),
        COUNT,
        NEITHER,
    )
    yield _of_calls(
        "calls_per_caller",
        25,
        ("人均来电", "Calls a caller"),
        ("每个号码平均来电几次；隐藏号码不计", "How often each number called; withheld ones are left out"),
        ("有号码的来电 ÷ 不同号码", "calls with a number ÷ distinct numbers"),
        Taken(How.EACH, ("number_known",)),
        Unit.RATIO,
        NEITHER,
    )
    yield _of_calls(
        "volume",
        26,
        ("话务分布", "Volume"),
        ("每半小时 × 星期的来电数", "Calls by half hour and weekday"),
        ("呼入量，按 hour_of_week 展开", "incoming, by hour_of_week"),
        sum_of("incoming"),
        COUNT,
        NEITHER,
    )


def _dialled() -> Iterator[Figure]:
    for name, zh, en, taken, unit, better in (
        ("dialled", "外拨量", "Dialled", sum_of("dialled"), COUNT, NEITHER),
        ("reached", "外拨接通", "Reached", sum_of("reached"), COUNT, HIGH),
        ("reached_rate", "外拨接通率", "Reached, share", share("reached", "dialled"), PERCENT, HIGH),
        (
            "attempts_a_success",
            "每次接通的拨打次数",
            "Attempts a success",
            share("dialled", "reached", 1.0),
            Unit.RATIO,
            LOW,
        ),
        (
            "dialled_talk_time",
            "外拨平均通话",
            "Talk time of dialled calls",
            mean_seconds("dialled_talk_ms", "reached"),
            SECONDS,
            NEITHER,
        ),
    ):
        yield _DIALLED.figure(
            name,
            46,
            (zh, en),
            (f"回电线路：{zh}", f"Over the callback trunk: {en.lower()}"),
            (f"{zh}（有通话即接通）", f"{en.lower()}; reached is with a talk"),
            unit,
            better,
            taken,
        )


def _of_calls(
    name: str,
    number: int,
    title: tuple[str, str],
    meaning: tuple[str, str],
    formula: tuple[str, str],
    taken: Taken,
    unit: Unit,
    better: Better,
) -> Figure:
    return INCOMING.figure(name, number, title, meaning, formula, unit, better, taken)
