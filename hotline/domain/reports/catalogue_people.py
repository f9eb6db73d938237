"""Figures 27–36: what operators' time was made of, and how it was planned."""

from __future__ import annotations

from collections.abc import Iterator

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
    share,
    sum_of,
)
from hotline.domain.reports.figure import Attribution, Figure, How, Taken, Text, Unit
from hotline.domain.reports.scope import DAYS, Axis

_MICRO = 1e-6
_STATES = Group(
    Text("客服登录期间的状态，按整天（上海时间）计", "what signed-in operators were doing, by whole days in Shanghai"),
    Text("离线", "being signed out"),
    Attribution.STATE,
    PERSON_DAYS,
)
_PLANNED = Group(
    Text("已发布的客服班次中已过去的部分", "published shifts at the desk, as far as they have passed"),
    Text("值班手机、请假、班次以外的登录", "duty mobiles, leave, being signed in outside a shift"),
    Attribution.PLANNED,
    PERSON_DAYS,
)
_RUNG = Group(
    Text("来电为客服话机的每次振铃", "each time that an operator's phone rang for a caller"),
    Text("来电者挂机或他人先接的振铃", "rings that ended because the caller left or somebody else was faster"),
    Attribution.ARRIVAL,
    PERSON_DAYS,
)
_PASSED = Group(
    Text("客户通话中客服之间的转接，每次计一次", "each time that an operator passed a customer on, or was passed one"),
    Text("代接（接起他人正在振铃的来电）", "a ringing call picked up at another phone"),
    Attribution.ARRIVAL,
    PERSON_DAYS,
)
_FORECAST = Group(
    Text("有预测的日子里的来电，按半小时比较", "calls of days with a forecast, compared by half hour"),
    Text("没有足够历史（八周）的日子；被排除的日子", "days without eight weeks of history before; days left out"),
    Attribution.ARRIVAL,
    LINE_DAYS,
)
_PEAKS = Group(
    Text("当天同一时刻的最高数；多天取最高", "the most at one moment of a day; of several days the highest"),
    Text("线路测试、内部通话", "line tests, calls of our own"),
    Attribution.STATE,
    DAYS,
)
_CHANNELS = Group(
    Text(
        "经 400 中继的来电，以及转到手机的每一路，按整天（上海时间）计",
        "callers over the 400 line's trunk, and each mobile that they are led to, by whole days in Shanghai",
    ),
    Text("线路测试、经回拨中继的通话", "line tests, calls over the callback trunk"),
    Attribution.STATE,
    DAYS,
)
_NOT_KNOWN = (
    "线路测试、经回拨中继的通话；未填写通道数（trunk.max_channels）的日子",
    "line tests, calls over the callback trunk; days on which trunk.max_channels was not known",
)
_NAMES = {
    "ready": ("就绪", "Ready"),
    "ringing": ("振铃", "Ringing"),
    "talking": ("通话", "Talking"),
    "holding": ("保持", "Holding"),
    "wrap_up": ("话后处理", "Wrap-up"),
    "paused": ("暂停", "Paused"),
    "busy": ("话机占用", "Phone in use"),
    "calling": ("拨打中", "Dialling"),
}
_HANDLING = ("state_talking", "state_holding", "state_wrap_up")


def figures() -> Iterator[Figure]:
    yield from _forecasts()
    yield from _states()
    yield from _planned()
    yield from _rings()
    yield from _moved()
    yield from _peaks()
    yield from _channels()


def _forecasts() -> Iterator[Figure]:
    for name, zh, en, top, zh_top, en_top in (
        ("forecast_error", "预测误差", "Forecast error", ("forecast_off",), "Σ|预测 − 实际|", "Σ |forecast − real|"),
        (
            "forecast_bias",
            "预测偏差",
            "Forecast bias",
            ("forecast", "-forecast_came"),
            "Σ（预测 − 实际）",
            "Σ (forecast − real)",
        ),
    ):
        yield _FORECAST.figure(
            name,
            27,
            (zh, en),
            ("每半小时预测与实际来电的差距", "How far the forecast was from what came, by half hour"),
            (f"{zh_top} ÷ Σ 实际", f"{en_top} ÷ Σ real"),
            PERCENT,
            LOW,
            share(top, "forecast_came"),
        )


def _states() -> Iterator[Figure]:
    for state, (zh, en) in _NAMES.items():
        yield _STATES.figure(
            f"state_{state}",
            28,
            (f"{zh}时长", f"Time {en.lower()}"),
            (f"处于“{zh}”的时间", f"Time in the state {en.lower()}"),
            (
                f"Σ {zh}秒数；各状态之和恰为登录时间",
                f"Σ seconds {en.lower()}; the states add up to the signed-in time exactly",
            ),
            SECONDS,
            NEITHER,
            sum_of(f"state_{state}", scale=_MICRO),
            axes=PERSON_DAYS | {Axis.PAUSE_REASON} if state == "paused" else None,
        )
    yield _STATES.figure(
        "signed_in",
        28,
        ("登录时长", "Signed-in time"),
        ("所有非离线状态之和", "All states but being signed out"),
        ("Σ 各状态秒数", "Σ seconds of all states"),
        SECONDS,
        NEITHER,
        sum_of("signed_in", scale=_MICRO),
    )
    yield _STATES.figure(
        "occupancy",
        29,
        ("占用率", "Occupancy"),
        ("有来电可接的时间里忙碌的比例，不含振铃", "How busy operators were while calls could come, ringing left out"),
        ("（通话 + 保持 + 话后）÷（同 + 就绪）", "(talk + hold + wrap-up) ÷ (same + ready)"),
        PERCENT,
        NEITHER,
        share(_HANDLING, (*_HANDLING, "state_ready")),
    )
    yield _STATES.figure(
        "occupancy_with_ringing",
        29,
        ("占用率（含振铃）", "Occupancy with ringing"),
        ("同上，振铃也算忙", "The same, ringing counts as busy"),
        ("（振铃 + 通话 + 保持 + 话后）÷（同 + 就绪）", "(ringing + talk + hold + wrap-up) ÷ (same + ready)"),
        PERCENT,
        NEITHER,
        share(("state_ringing", *_HANDLING), ("state_ringing", *_HANDLING, "state_ready")),
    )
    yield _STATES.figure(
        "calls_per_hour",
        35,
        ("每小时接通", "Calls an hour"),
        ("每登录小时接通的来电", "Answered calls for each signed-in hour"),
        ("客服接通 ÷ 登录小时", "answered by operators ÷ signed-in hours"),
        Unit.RATIO,
        NEITHER,
        share("by_operator", "signed_in", 3600 / _MICRO),
    )


def _planned() -> Iterator[Figure]:
    yield _PLANNED.figure(
        "utilisation",
        30,
        ("利用率", "Utilisation"),
        ("计薪时间中处理来电的比例；计薪时间即排班时间", "Share of paid time spent on calls; paid is what was planned"),
        ("（通话 + 保持 + 话后）÷ 排班", "(talk + hold + wrap-up) ÷ planned"),
        PERCENT,
        NEITHER,
        share(_HANDLING, "planned"),
    )
    yield _PLANNED.figure(
        "adherence",
        31,
        ("遵守率", "Adherence"),
        ("排班时间中在岗（就绪或处理来电）的比例", "Share of planned time that was worked: ready or with a call"),
        ("班内在岗 ÷ 排班", "worked within the shift ÷ planned"),
        PERCENT,
        HIGH,
        share("planned_worked", "planned"),
    )
    yield _PLANNED.figure(
        "conformance",
        31,
        ("到岗率", "Conformance"),
        ("登录时间与排班时间之比，可超过 100%", "Signed-in time beside planned time; can be above 100%"),
        ("登录 ÷ 排班", "signed-in ÷ planned"),
        PERCENT,
        NEITHER,
        share("signed_in", "planned"),
    )
    yield _PLANNED.figure(
        "shrinkage",
        32,
        ("损耗率", "Shrinkage"),
        ("排班时间中没有用于接听的比例", "Share of paid time that was not spent on the floor"),
        ("1 −（班内在岗）÷ 排班", "1 − worked within the shift ÷ planned"),
        PERCENT,
        LOW,
        share(("planned", "-planned_worked"), "planned"),
    )


def _rings() -> Iterator[Figure]:
    yield _RUNG.figure(
        "operator_answer_rate",
        33,
        ("客服应答率", "Operator's answer rate"),
        ("振铃中被接起的比例", "Share of rings that were answered"),
        ("接起 ÷（接起 + 未接）", "taken ÷ (taken + missed)"),
        PERCENT,
        HIGH,
        share("rung_taken", ("rung_taken", "rung_missed")),
    )
    yield _RUNG.figure(
        "operator_misses",
        33,
        ("客服未接", "Operator's misses"),
        ("振铃至超时、拒接或忙", "Rang out, was declined or busy"),
        ("未接的振铃次数", "number of missed rings"),
        COUNT,
        LOW,
        sum_of("rung_missed"),
    )


def _moved() -> Iterator[Figure]:
    """Beside their share of all answered calls (catalogue_talks): who passed callers on, and who was passed them."""
    for name, zh, en, zh_what, en_what in (
        (
            "blind_out",
            "盲转转出",
            "Blind transfers out",
            "未经咨询转给他人",
            "Passed on to others without asking first",
        ),
        (
            "attended_out",
            "咨询转转出",
            "Attended transfers out",
            "先咨询后转给他人",
            "Passed on to others after asking",
        ),
        ("blind_in", "盲转转入", "Blind transfers in", "他人未经咨询转来", "Passed on by others without asking first"),
        ("attended_in", "咨询转转入", "Attended transfers in", "他人先咨询后转来", "Passed on by others after asking"),
    ):
        yield _PASSED.figure(
            f"transfers_{name}",
            22,
            (zh, en),
            (zh_what, en_what),
            ("转接次数", "number of transfers"),
            COUNT,
            NEITHER,
            sum_of(name),
        )


def _channels() -> Iterator[Figure]:
    """37: what the carrier turns away leaves no trace here; when it had to is known."""
    yield _CHANNELS.figure(
        "peak_channels",
        37,
        ("中继通道峰值", "Most channels at once"),
        ("400 中继上同时被占用的通道数", "Channels of the 400 line's trunk taken at one moment"),
        ("一天中的最高值", "the highest of a day"),
        COUNT,
        NEITHER,
        Taken(How.PEAK, ("peak_channels",)),
    )
    yield _CHANNELS.figure(
        "time_channels_full",
        37,
        ("每天通道占满时长", "Time with all channels taken, a day"),
        (
            "全部通道被占、再来电只能听到忙音的时间",
            "How long all channels were taken, so that a further caller heard it engaged",
        ),
        ("Σ 占用数 ≥ trunk.max_channels 的时间 ÷ 天数", "Σ time in which trunk.max_channels or more were taken ÷ days"),
        Unit.MINUTES,
        LOW,
        share("channels_full", "channels_days", _MICRO / 60),
        left_out=_NOT_KNOWN,
    )
    yield _CHANNELS.figure(
        "share_channels_full",
        37,
        ("呼入阻塞率（按时间）", "Blockage of incoming calls, by time"),
        (
            "来电随机到达时，约等于被运营商拒绝的来电比例；被拒绝的来电只有运营商能数",
            "Where callers come by chance, about the share that the carrier turned away, which it alone can count",
        ),
        ("占满时间 ÷ 全部时间", "time with all channels taken ÷ time"),
        PERCENT,
        LOW,
        share("channels_full", "channels_known"),
        left_out=_NOT_KNOWN,
    )


def _peaks() -> Iterator[Figure]:
    for name, zh, en in (
        ("peak_calls", "同时在线来电峰值", "Most calls at once"),
        ("peak_signed_in", "同时登录峰值", "Most signed in"),
    ):
        yield _PEAKS.figure(
            name,
            36,
            (zh, en),
            (f"{zh}", f"{en} at one moment"),
            ("一天中的最高值", "the highest of a day"),
            COUNT,
            NEITHER,
            Taken(How.PEAK, (name,)),
        )
