"""Figure 2 by menu, key and version: who entered, left, mis-keyed and timed out, and where callers got to."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.domain.reports.defining import COUNT, HIGH, LOW, MENUS, NEITHER, PERCENT, Group, share, sum_of
from hotline.domain.reports.figure import Attribution, Better, Figure, Taken, Text, Unit

_HEARD = Group(
    Text("来电听到的菜单，每听一次算一次", "menus that callers heard, each time that one was heard"),
    Text("没有菜单的来电；试拨与外拨", "calls without a menu; test calls and calls we dialled"),
    Attribution.ARRIVAL,
    MENUS,
)
_ENTERED = Group(
    Text("听到菜单的来电，每个菜单每通只算一次", "calls that heard a menu, each call once a menu"),
    Text("没有菜单的来电；试拨与外拨", "calls without a menu; test calls and calls we dialled"),
    Attribution.ARRIVAL,
    MENUS,
)
_CHOSEN = Group(
    Text("按过某键的来电，每个按键每通只算一次", "calls that pressed a key, each call once a key"),
    Text("没有按键的来电；试拨与外拨", "calls that pressed no key; test calls and calls we dialled"),
    Attribution.ARRIVAL,
    MENUS,
)

#: Where callers get to: in Chinese, in English, of those who entered and of those who chose, and which way is better.
_WAYS_OUT = (
    ("people", "转人工", "got to people", "menu_to_people", "choice_to_people", NEITHER),
    ("voicemail", "选留言", "chose voicemail", "menu_to_voicemail", "choice_to_voicemail", NEITHER),
    ("end", "自助完成", "heard an announcement out", "menu_to_end", "choice_to_end", HIGH),
    ("hang_up", "菜单内挂机", "hung up in the menus", "menu_hung_up", "choice_hung_up", LOW),
)


def figures() -> Iterator[Figure]:
    for group, name, zh, en, formula, unit, better, taken in _WRITTEN:
        yield group.figure(name, 2, (zh, en), (zh, en), formula, unit, better, taken)
    for name, zh, en, entered, chosen, better in _WAYS_OUT:
        yield _ENTERED.figure(
            f"menu_to_{name}",
            2,
            (f"进入菜单后{zh}的比例", f"Of those who entered, share that {en}"),
            (f"听到该菜单的来电中，最后{zh}的比例", f"Of the calls that heard the menu, how many {en}"),
            (f"{zh} ÷ 进入", f"{en} ÷ entered"),
            PERCENT,
            better,
            share(entered, "menu_entered"),
        )
        yield _CHOSEN.figure(
            f"choice_to_{name}",
            2,
            (f"按键后{zh}的比例", f"Of those who pressed it, share that {en}"),
            (f"按过该键的来电中，最后{zh}的比例", f"Of the calls that pressed the key, how many {en}"),
            (f"{zh} ÷ 按过该键的来电", f"{en} ÷ calls that pressed it"),
            PERCENT,
            better,
            share(chosen, "choice_calls"),
        )


#: Group, name, title in both languages, formula, unit, which way is better, how it is taken.
_WRITTEN: tuple[tuple[Group, str, str, str, tuple[str, str], Unit, Better, Taken], ...] = (
    (
        _ENTERED,
        "menu_entered",
        "进入菜单",
        "Entered a menu",
        ("听到该菜单的来电数", "number of calls that heard the menu"),
        COUNT,
        NEITHER,
        sum_of("menu_entered"),
    ),
    (
        _HEARD,
        "menu_heard",
        "菜单播放次数",
        "Times that a menu was heard",
        ("按键 + 未按键 + 菜单内挂机 + 中断", "keys pressed + no key + hung up in it + broken off"),
        COUNT,
        NEITHER,
        sum_of("menu_heard"),
    ),
    (
        _HEARD,
        "menu_pressed",
        "菜单按键次数",
        "Keys pressed in menus",
        ("有按键的播放次数", "times heard that ended with a key"),
        COUNT,
        NEITHER,
        sum_of("menu_pressed"),
    ),
    (
        _HEARD,
        "menu_missed",
        "按错键",
        "Keys mis-pressed",
        ("按了该处没有的键的次数", "times that a key was pressed that means nothing there"),
        COUNT,
        LOW,
        sum_of("menu_missed"),
    ),
    (
        _HEARD,
        "menu_missed_rate",
        "按错键率",
        "Share of keys mis-pressed",
        ("按错键 ÷ 按键", "mis-pressed ÷ pressed"),
        PERCENT,
        LOW,
        share("menu_missed", "menu_pressed"),
    ),
    (
        _HEARD,
        "menu_silent",
        "未按键",
        "No key pressed",
        ("没有按键的播放次数，含随后转接的", "times heard without a key, those put through after it too"),
        COUNT,
        LOW,
        sum_of("menu_silent"),
    ),
    (
        _HEARD,
        "menu_timed_out",
        "未按键后转接",
        "Put through after no key",
        ("未按键且随后被转接的次数", "times without a key after which the caller was put through"),
        COUNT,
        NEITHER,
        sum_of("menu_timed_out"),
    ),
    (
        _HEARD,
        "menu_left",
        "在该菜单挂机",
        "Hung up in this menu",
        (
            "在该菜单挂机的次数；合计等于菜单内放弃",
            "calls that hung up in it; all menus add up to those left in the menu",
        ),
        COUNT,
        LOW,
        sum_of("menu_left"),
    ),
    (
        _ENTERED,
        "menu_left_rate",
        "在该菜单挂机的比例",
        "Share that hung up in this menu",
        ("在该菜单挂机 ÷ 进入", "hung up in it ÷ entered"),
        PERCENT,
        LOW,
        share("menu_left", "menu_entered"),
    ),
    (
        _HEARD,
        "menu_broken",
        "菜单内中断",
        "Broken off in a menu",
        ("由我方中断的次数", "times that we broke off"),
        COUNT,
        LOW,
        sum_of("menu_broken"),
    ),
    (
        _CHOSEN,
        "menu_choices",
        "按过键的来电",
        "Calls that pressed a key",
        ("按过该键的来电数", "number of calls that pressed the key"),
        COUNT,
        NEITHER,
        sum_of("choice_calls"),
    ),
    (
        _CHOSEN,
        "menu_left_after",
        "按键后即挂机",
        "Hung up right after a key",
        ("按键后、未接入人工前挂机的来电数", "calls that hung up after it, before they were put through"),
        COUNT,
        LOW,
        sum_of("menu_left_after"),
    ),
)
