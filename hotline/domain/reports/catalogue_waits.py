"""Figures 12–15: how long callers waited."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.domain.reports.catalogue_calls import INCOMING
from hotline.domain.reports.defining import HIGH, LOW, NEITHER, SECONDS, at_rank, longest, mean_seconds
from hotline.domain.reports.figure import Better, Figure, Taken

_OVER = {
    "answered": ("接通", "answered", "接通者", "those answered"),
    "lost": ("呼损", "lost", "未接通者", "those lost"),
    "all": ("全部人工请求", "all put through", "全部人工请求者", "all put through"),
}


def figures() -> Iterator[Figure]:
    yield _waited(
        "average_answer",
        12,
        ("平均应答时长", "Average speed of answer"),
        ("接通者从转人工到接起的平均等待，含振铃", "How long those answered had waited for people, ringing in it"),
        ("Σ 接通者的等待 ÷ 接通", "Σ wait of those answered ÷ answered"),
        mean_seconds("wait_answered_ms", "answered"),
    )
    yield _waited(
        "average_answer_without_ringing",
        12,
        ("平均应答时长（不含振铃）", "Average speed of answer without ringing"),
        ("同上，减去我方话机振铃的时间", "The same without the time in which our phones rang"),
        ("Σ（等待 − 振铃）÷ 接通", "Σ (wait − ringing) ÷ answered"),
        mean_seconds(("wait_answered_ms", "-ring_answered_ms"), "answered"),
    )
    yield _waited(
        "average_before_people",
        12,
        ("平均导航时长", "Average time in the menu"),
        ("从来电到转人工：问候语和菜单", "From arrival until handed on: greeting and menu"),
        ("Σ 转人工前的时间 ÷ 人工请求", "Σ time before people ÷ put through"),
        mean_seconds("before_people_ms", "put_through"),
    )
    for over, (zh, en, zh_whose, en_whose) in _OVER.items():
        for rank in (50, 90, 95):
            yield _waited(
                f"wait_{over}_p{rank}",
                13,
                (f"等待 P{rank}（{zh}）", f"Wait p{rank}, {en}"),
                (
                    f"{zh_whose}中 {rank}% 的等待不超过此值；由原始秒数得出，不是平均数的平均",
                    f"{rank}% of {en_whose} waited no longer; taken of the seconds themselves, never of averages",
                ),
                (
                    f"等待的第 {rank} 百分位（最近秩，整秒向上取整）",
                    f"{rank}th percentile of the waits, by nearest rank, in whole seconds rounded up",
                ),
                at_rank(f"wait_{over}", rank),
            )
        yield _waited(
            f"wait_{over}_longest",
            13,
            (f"最长等待（{zh}）", f"Longest wait, {en}"),
            (f"{zh_whose}中等待最长的一位", f"The longest wait of {en_whose}"),
            ("等待的最大值", "the highest of the waits"),
            longest(f"wait_{over}"),
        )
    for name, zh, en, top, bottom in (
        ("time_to_abandon", "平均放弃时长", "Time to abandon", "wait_lost_ms", "lost"),
        ("time_to_abandon_in_menu", "菜单中放弃时长", "Time to abandon in the menu", "before_menu_ms", "left_menu"),
        ("time_to_abandon_in_queue", "排队放弃时长", "Time to abandon in the queue", "wait_queue_ms", "left_queue"),
        ("time_to_abandon_ringing", "振铃放弃时长", "Time to abandon while ringing", "wait_ringing_ms", "left_ringing"),
    ):
        yield _waited(
            name,
            14,
            (zh, en),
            ("挂机者平均等了多久", "How long those who gave up had waited"),
            ("Σ 放弃者的等待 ÷ 放弃数", "Σ wait of those lost there ÷ lost there"),
            mean_seconds(top, bottom),
            NEITHER,
        )
    yield _waited(
        "patience",
        15,
        ("耐心", "Patience"),
        ("全部等待时间除以放弃人数：Erlang A 的参数", "All waiting time by how many gave up: what Erlang A goes by"),
        ("Σ 全部人工请求的等待 ÷ 呼损", "Σ wait of all put through ÷ lost"),
        mean_seconds("wait_all_ms", "lost"),
        HIGH,
    )


def _waited(
    name: str,
    number: int,
    title: tuple[str, str],
    meaning: tuple[str, str],
    formula: tuple[str, str],
    taken: Taken,
    better: Better = LOW,
) -> Figure:
    return INCOMING.figure(name, number, title, meaning, formula, SECONDS, better, taken)
