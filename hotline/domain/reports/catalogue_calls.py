"""Figures 1–11: how many calls came, what became of them, and how many were answered in time."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.domain.reports.defining import CALLS, COUNT, HIGH, LOW, NEITHER, PERCENT, Group, share, sum_of
from hotline.domain.reports.figure import Attribution, Better, Figure, Taken, Text

INCOMING = Group(
    Text("打进热线且已结束的来电", "calls that came in and are over"),
    Text(
        "线路测试、内部通话、外拨、被拉黑的来电", "line tests, calls of our own, calls we dialled, callers turned away"
    ),
    Attribution.ARRIVAL,
    CALLS,
)
_NO_SHORT = (
    "同上，另除去短时放弃（设置 floor.short_abandon_seconds）",
    "the same, and short abandons (setting floor.short_abandon_seconds)",
)
_DEMANDED = ("answered", "lost_long")


def figures() -> Iterator[Figure]:
    yield from _what_became()
    yield from _by_stage()
    yield from _rates()
    yield from _service_levels()


def _count(
    name: str, number: int, zh: str, en: str, zh_meaning: str, en_meaning: str, better: Better = NEITHER
) -> Figure:
    return INCOMING.figure(
        name,
        number,
        (zh, en),
        (zh_meaning, en_meaning),
        (f"{zh}的来电数", f"number of calls: {en.lower()}"),
        COUNT,
        better,
        sum_of(_MEASURE.get(name, name)),
    )


#: Where a measure is called otherwise than the figure.
_MEASURE = {
    "served_in_menu": "self_served",
    "answered_by_operator": "by_operator",
    "answered_by_mobile": "by_mobile",
    "lost_in_menu": "left_menu",
    "lost_in_queue": "left_queue",
    "lost_ringing": "left_ringing",
    "lost_unanswered": "unanswered",
    "lost_on_hold": "left_on_hold",
    "callbacks_wanted": "callback",
    "voicemails": "voicemail",
    "broken_off": "failed",
    "met_closed": "closed",
    "met_full": "queue_full",
    "met_empty": "queue_empty",
    "met_timeout": "queue_timeout",
    "met_nobody_on_duty": "nobody_on_duty",
    "short_abandons": "short",
}


def _what_became() -> Iterator[Figure]:
    yield _count("incoming", 1, "呼入量", "Incoming", "打进来的全部来电", "All calls that came in")
    yield _count(
        "served_in_menu",
        2,
        "自助完成",
        "Served by the menu",
        "听完公告或主动留言，未转人工",
        "Heard an announcement out or chose to leave a message, and asked for nobody",
    )
    yield INCOMING.figure(
        "served_in_menu_rate",
        2,
        ("自助完成率", "Served by the menu, share"),
        ("自助完成占呼入量的比例", "Share of incoming calls that the menu served"),
        ("自助完成 ÷ 呼入量", "served by the menu ÷ incoming"),
        PERCENT,
        NEITHER,
        share("self_served", "incoming"),
    )
    yield _count(
        "put_through",
        3,
        "人工请求",
        "Put through",
        "转给人工（队列、话机或值班手机），每通只算一次，按来电时间归属",
        "Handed on to people (a queue, a phone, the duty mobile), each call once, by its arrival",
    )
    yield _count(
        "answered", 4, "接通", "Answered", "我方有人与来电者通话", "Somebody of ours talked with the caller", HIGH
    )
    yield _count(
        "answered_by_operator", 4, "客服接通", "Answered by operators", "由客服接通", "An operator took it first"
    )
    yield _count(
        "answered_by_mobile",
        4,
        "值班手机接通",
        "Answered on the duty mobile",
        "由值班手机接通",
        "Whoever keeps the duty mobile took it first",
    )


def _by_stage() -> Iterator[Figure]:
    yield _count(
        "lost",
        5,
        "呼损",
        "Lost",
        "转人工后未被接起：排队放弃、振铃放弃、无人接听",
        "Handed on to people and lost: left in the queue, left while ringing, not answered",
        LOW,
    )
    yield _count(
        "lost_in_menu", 5, "菜单中挂机", "Left in the menu", "转人工之前挂机", "Hung up before being handed on"
    )
    yield _count(
        "lost_in_queue",
        5,
        "排队放弃",
        "Left in the queue",
        "排队时挂机，当时没有话机为其振铃",
        "Hung up while waiting and no phone rang for them",
        LOW,
    )
    yield _count(
        "lost_ringing",
        5,
        "振铃放弃",
        "Left while ringing",
        "话机振铃时挂机（相差一秒以内）",
        "Hung up while a phone rang for them (within one second)",
        LOW,
    )
    yield _count(
        "lost_unanswered",
        5,
        "无人接听",
        "Not answered",
        "所有话机都试过或排队超时，无人接起",
        "All phones were tried or the queue's time was over, and nobody took it",
        LOW,
    )
    yield _count(
        "lost_on_hold",
        5,
        "保持中挂机",
        "Hung up on hold",
        "接通后在我方保持中挂机（仍计入接通）",
        "Answered, and hung up while we held them (they count as answered too)",
        LOW,
    )
    yield _count(
        "callbacks_wanted",
        6,
        "排队转回电",
        "Asked to be called back",
        "不再等待，请求回电",
        "Asked to be called back instead of waiting on",
    )
    yield _count(
        "voicemails", 6, "未接留言", "Voicemail", "转人工后无人接起，留了言", "Handed on, not answered, left a message"
    )
    yield _count(
        "broken_off",
        6,
        "系统中断",
        "Broken off by us",
        "系统故障而中断的来电",
        "Asterisk went down or never answered",
        LOW,
    )
    for name, zh, en, zh_meaning, en_meaning in (
        ("met_closed", "非服务时间", "Closed", "来电时线路关闭，未被接通", "The line was closed, and nobody answered"),
        ("met_full", "队列已满", "Queue full", "队列已满，未被接通", "The queue was full, and nobody answered"),
        ("met_empty", "队列无人", "Nobody signed in", "队列中没有客服，未被接通", "Nobody was signed in to the queue"),
        ("met_timeout", "排队超时", "Waited too long", "排队时间到而离开队列", "The queue's time was over"),
        ("met_nobody_on_duty", "无人值班", "Nobody on duty", "没有人值班", "Nobody was on duty"),
    ):
        yield _count(name, 6, zh, en, zh_meaning, en_meaning, LOW)
    yield _count(
        "overflowed",
        6,
        "溢出",
        "Overflowed",
        "队列已满、无人或超时后转入其他队列或值班手机（接通与否都计）",
        "Led on from a queue that was full, empty or took too long to another or to the duty mobile, answered or not",
    )
    yield _count(
        "safe_routed",
        6,
        "语音导航异常",
        "Error in the menus",
        "语音导航不可用或中途失效，由 Asterisk 自行转接（接通与否都计）",
        "The menus were away or died, and Asterisk led the caller on by itself, answered or not",
        LOW,
    )
    yield _count(
        "short_abandons",
        10,
        "短时放弃",
        "Short abandons",
        "等待短于设定秒数就挂机（默认 0 秒，即没有）",
        "Left after a shorter wait than the setting says (0 by default: none)",
    )


def _rate(
    name: str,
    number: int,
    title: tuple[str, str],
    formula: tuple[str, str],
    taken: Taken,
    better: Better = HIGH,
    short_out: bool = True,
) -> Figure:
    return INCOMING.figure(
        name,
        number,
        title,
        (f"{formula[0]}，百分比", f"{formula[1]}, in percent"),
        formula,
        PERCENT,
        better,
        taken,
        left_out=_NO_SHORT if short_out else None,
    )


def _rates() -> Iterator[Figure]:
    yield _rate(
        "connection_rate",
        7,
        ("接通率", "Connection rate"),
        ("接通 ÷（人工请求 − 短时放弃）", "answered ÷ (put through − short abandons)"),
        share("answered", ("put_through", "-short")),
    )
    yield _rate(
        "connection_rate_all",
        7,
        ("接通率（全部人工请求）", "Connection rate of all put through"),
        ("接通 ÷ 人工请求", "answered ÷ put through"),
        share("answered", "put_through"),
        short_out=False,
    )
    yield _rate(
        "answered_rate_open",
        8,
        ("服务时间应答率", "Answered rate in open hours"),
        ("接通 ÷（呼入量 − 非服务时间）", "answered ÷ (incoming − closed)"),
        share("answered", ("incoming", "-closed")),
        short_out=False,
    )
    yield _rate(
        "abandonment",
        9,
        ("呼损率", "Abandonment"),
        ("呼损 ÷（接通 + 呼损）", "lost ÷ (answered + lost)"),
        share("lost_long", _DEMANDED),
        LOW,
    )
    yield _rate(
        "abandonment_all",
        9,
        ("呼损率（含短时放弃）", "Abandonment with short abandons"),
        ("呼损（含短时放弃）÷（接通 + 呼损）", "lost, short ones too ÷ (answered + lost)"),
        share("lost", ("answered", "lost")),
        LOW,
        short_out=False,
    )
    yield _rate(
        "short_abandon_rate",
        10,
        ("短时放弃率", "Short abandons, share"),
        ("短时放弃 ÷ 呼损", "short abandons ÷ lost"),
        share("short", "lost"),
        NEITHER,
        short_out=False,
    )


def _service_levels() -> Iterator[Figure]:
    zh, en = "T 秒内接通（T = floor.service_level_seconds）", "answered within T (T: floor.service_level_seconds)"
    levels: tuple[tuple[str, tuple[str, str], tuple[str, str], Taken, bool], ...] = (
        (
            "service_level",
            ("服务水平", "Service level"),
            ("接通 + 呼损", "(answered + lost)"),
            share("in_level", _DEMANDED),
            True,
        ),
        (
            "service_level_of_put_through",
            ("服务水平（占人工请求）", "Service level of all put through"),
            ("人工请求", "put through"),
            share("in_level", "put_through"),
            False,
        ),
        (
            "service_level_of_answered",
            ("服务水平（仅占接通，偏高）", "Service level of answered alone (flatters)"),
            ("接通", "answered"),
            share("in_level", "answered"),
            False,
        ),
        (
            "service_level_with_short",
            ("服务水平（含短时放弃）", "Service level with short abandons"),
            ("接通 + 全部呼损", "(answered + all lost)"),
            share("in_level", ("answered", "lost")),
            False,
        ),
    )
    for name, title, (zh_of, en_of), taken, short_out in levels:
        yield _rate(name, 11, title, (f"{zh} ÷（{zh_of}）", f"{en} ÷ {en_of}"), taken, short_out=short_out)
    yield _rate(
        "service_level_with_lost",
        11,
        ("服务水平（T 秒内有结果）", "Service level, lost within T counted too"),
        ("（T 秒内接通 + T 秒内呼损）÷（接通 + 呼损）", "(answered within T + lost within T) ÷ (answered + lost)"),
        share(("in_level", "lost_in_level"), _DEMANDED),
    )
    yield _rate(
        "service_level_without_short_talks",
        11,
        ("服务水平（不含短通话）", "Service level without short talks"),
        (
            "T 秒内接通且通话满 10 秒 ÷（通话满 10 秒的接通 + 呼损）",
            "answered within T with 10 s of talk or more ÷ (answered with 10 s or more + lost)",
        ),
        share("in_level_long", ("answered_long", "lost_long")),
    )
    for seconds in (15, 20, 30):
        yield _rate(
            f"service_level_{seconds}",
            11,
            (f"{seconds} 秒服务水平", f"Service level, {seconds} s"),
            (f"{seconds} 秒内接通 ÷（接通 + 呼损）", f"answered within {seconds} s ÷ (answered + lost)"),
            share(f"in_{seconds}", _DEMANDED),
        )
    yield _rate(
        "answered_in_time",
        11,
        ("规定秒数内接通率", "Answered in the rule's time"),
        (
            "rules.answered.most_seconds 秒内接通 ÷（接通 + 呼损）",
            "answered within rules.answered.most_seconds ÷ (answered + lost)",
        ),
        share("in_answer", _DEMANDED),
    )
    yield _rate(
        "answered_quickly",
        11,
        ("快速接通率", "Answered quickly"),
        ("floor.quick_seconds 秒内接通 ÷（接通 + 呼损）", "answered within floor.quick_seconds ÷ (answered + lost)"),
        share("in_quick", _DEMANDED),
    )
