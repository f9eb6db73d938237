"""The data dictionary: every figure in words and in SQL, made of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.figure import Attribution, Better, Figure, Text, Unit
from hotline.domain.reports.scope import Axis
from hotline.services.reports.view_making import view_terms
from hotline.settings import Settings
from hotline.storage.reports.dialect import Dialect
from hotline.storage.reports.views import view_sql

UNITS: dict[Unit, Text] = {
    Unit.COUNT: Text("个", "count"),
    Unit.PERCENT: Text("百分比", "percent"),
    Unit.SECONDS: Text("秒", "seconds"),
    Unit.MINUTES: Text("分钟", "minutes"),
    Unit.POINTS: Text("分", "points"),
    Unit.ERLANG: Text("Erlang 小时", "erlang hours"),
    Unit.RATIO: Text("比值", "ratio"),
}
ATTRIBUTIONS: dict[Attribution, Text] = {
    Attribution.ARRIVAL: Text("按来电（呼叫）到达的时刻归属", "by when the call arrived"),
    Attribution.OWED: Text("按欠下的时刻归属", "by when it became owed"),
    Attribution.DUE: Text("按到期的时刻归属", "by when it was due"),
    Attribution.OFFERED: Text("按邀评的时刻归属", "by when the caller was asked"),
    Attribution.OPENED: Text("按立案的时刻归属", "by when it was opened"),
    Attribution.CLOSED: Text("按办结的时刻归属", "by when it was closed"),
    Attribution.ASSIGNED: Text("按分派的时刻归属", "by when it was assigned"),
    Attribution.STEP: Text("按操作的时刻归属", "by when the step was done"),
    Attribution.STATE: Text("按状态所在的日子归属", "by the day on which the state was"),
    Attribution.PLANNED: Text("按排班所在的日子归属", "by the day of the shift"),
    Attribution.STARTED: Text("按开始的时刻归属", "by when it began"),
}
BETTERS: dict[Better, Text] = {
    Better.HIGH: Text("越高越好", "higher is better"),
    Better.LOW: Text("越低越好", "lower is better"),
    Better.NEITHER: Text("无好坏之分", "neither way is better"),
}
AXES: dict[Axis, Text] = {
    Axis.HALF_HOUR: Text("半小时", "half hour"),
    Axis.DAY: Text("日", "day"),
    Axis.WEEK: Text("周", "week"),
    Axis.MONTH: Text("月", "month"),
    Axis.WEEKDAY: Text("星期", "weekday"),
    Axis.HOUR_OF_WEEK: Text("半小时 × 星期", "half hour and weekday"),
    Axis.LINE: Text("线路", "line"),
    Axis.QUEUE: Text("队列", "queue"),
    Axis.PERSON: Text("人员", "person"),
    Axis.SUBJECT: Text("类别", "subject"),
    Axis.REGION: Text("地区", "region"),
    Axis.DEPARTMENT: Text("部门", "department"),
    Axis.PAUSE_REASON: Text("暂停原因", "reason of the pause"),
    Axis.CASE_KIND: Text("工单类型", "kind of case"),
    Axis.SEVERITY: Text("严重程度", "severity"),
    Axis.CASE_AGE: Text("未结时长", "age of the open case"),
    Axis.CLOCK: Text("时限", "clock"),
    Axis.MENU: Text("菜单", "menu"),
    Axis.MENU_CHOICE: Text("菜单按键", "key of a menu"),
    Axis.MENU_VERSION: Text("菜单版本", "version of the menus"),
}

_HEAD = """# 数据字典 · Data dictionary

Made by `hotline reports dictionary`; a test says when it is not up to date. What holds for all figures stands in
[reports](reports.md): times are half-open, days are those of Asia/Shanghai, and a rate of nothing is empty.

Each figure is a view in the database too (`hotline reports views`): `day`, `line` ("" where it has none), `numerator`,
`denominator`, `value`. Of a longer time, sum numerators and denominators up and divide; percentiles, the longest and
different callers cannot be summed up from days. `figure_menus` has what the figures of menus are made of, by `day`,
`line`, `menu_version`, `menu` and `menu_choice` (menu, key and where it led; "" for no key), `figure_pauses` the time
paused by `day`, `person_id` and `reason`, `figure_clocks` the clocks of cases by `day`, `line` and `clock`. The SQL
below is PostgreSQL's, with the seconds of the shipped settings.
"""


def sql_of(figure: Figure, settings: Settings, dialect: str) -> str:
    """Of its view, for sqlite or postgresql."""
    return view_sql(figure, view_terms(settings), Dialect(dialect))


def markdown(settings: Settings) -> str:
    """All of docs/data-dictionary.md."""
    return "\n".join([_HEAD, *(line for figure in FIGURES.values() for line in _told(figure, settings))])


def _told(figure: Figure, settings: Settings) -> Iterator[str]:
    yield f"## {figure.number}. {figure.title.zh} · {figure.title.en}"
    yield f"`{figure.name}`, {UNITS[figure.unit].zh} · {UNITS[figure.unit].en}, {_both(BETTERS[figure.better])}"
    yield ""
    yield "| | 中文 | English |"
    yield "|---|---|---|"
    for zh, en, text in (
        ("含义", "meaning", figure.meaning),
        ("公式", "formula", figure.formula),
        ("计入", "in it", figure.counts),
        ("不计", "not in it", figure.left_out),
        ("归属", "belongs to a time", ATTRIBUTIONS[figure.attribution]),
    ):
        yield f"| {zh} · {en} | {_cell(text.zh)} | {_cell(text.en)} |"
    yield ""
    yield "By: " + ", ".join(f"`{axis}`" for axis in sorted(figure.axes)) + f". View: `{figure.view}`."
    yield ""
    yield "```sql"
    yield sql_of(figure, settings, "postgresql")
    yield "```"
    yield ""


def _both(text: Text) -> str:
    return f"{text.zh} · {text.en}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
