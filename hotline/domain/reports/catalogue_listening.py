"""Figures 38 and 39: who talks how much, and how far examiners agree."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.domain.reports.defining import HIGH, NEITHER, PERCENT, PERSON_DAYS, Group, share
from hotline.domain.reports.figure import MIN_PAIRS, Attribution, Figure, How, Taken, Text, Unit
from hotline.domain.reports.scope import DAYS, Axis

_MEASURED = Group(
    Text(
        "有双声道录音且已测量的客服通话，不含保持与录音暂停",
        "operators' talks with a recording of both sides that was measured, without holds and pauses of the recording",
    ),
    Text(
        "没有录音或尚未测量的来电；加入此指标前已测量、未再测量的来电",
        "calls without a recording or not measured yet; calls measured before this figure was there and not since",
    ),
    Attribution.ARRIVAL,
    DAYS | {Axis.QUEUE, Axis.PERSON},
)
_TWICE = Group(
    Text(
        "由两名质检员先后评过的同一段通话：第一个结果与另一人的第一个结果",
        "talks that two examiners scored: the first result, and the first of somebody else",
    ),
    Text("申诉裁定；未完成的质检", "decisions on appeals; examinations that are not done yet"),
    Attribution.ARRIVAL,
    PERSON_DAYS,
)


def figures() -> Iterator[Figure]:
    yield from _shares_of_speech()
    yield from _agreement()


def _shares_of_speech() -> Iterator[Figure]:
    for name, zh, en, top in (
        ("talk_share_ours", "我方说话占比", "Talk share, our side", ("speech_ours",)),
        ("talk_share_caller", "来电者说话占比", "Talk share, caller", ("speech_caller",)),
        ("talk_share_both", "双方同时说话占比", "Talk share, both at once", ("speech_both",)),
        (
            "silence_share",
            "无人说话占比",
            "Silence share",
            ("speech_heard", "-speech_ours", "-speech_caller", "speech_both"),
        ),
    ):
        yield _MEASURED.figure(
            name,
            38,
            (zh, en),
            (zh, en),
            (
                f"Σ {zh.removesuffix('占比')}秒数 ÷ Σ 通话秒数；我方 + 来电者 − 同时 + 无人 = 100 %",
                "Σ seconds of it ÷ Σ seconds of talk; ours + caller − both + silence = 100 %",
            ),
            PERCENT,
            NEITHER,
            share(top, "speech_heard"),
        )


def _agreement() -> Iterator[Figure]:
    yield _TWICE.figure(
        "examiners_agreed",
        39,
        ("两名质检员结论一致率", "Examiners agreed"),
        ("同一通话由两人评，合格与否的结论相同", "Two scored the same talk and came to the same: passed, or not"),
        ("合格与否结论相同 ÷ 双评通话", "the same verdict on passed or not ÷ talks scored twice"),
        PERCENT,
        HIGH,
        share("twice_agreed", "twice_scored"),
    )
    yield _TWICE.figure(
        "examiners_kappa",
        39,
        ("质检员一致性 κ（Cohen）", "Agreement of examiners, Cohen's kappa"),
        (
            "去掉偶然因素后的一致程度：1 完全一致，0 与偶然无异",
            "How far they agree beyond chance: 1 in all, 0 no more than chance gives",
        ),
        (
            f"（一致率 − 偶然一致率）÷（1 − 偶然一致率）；少于 {MIN_PAIRS} 通双评或结论全都一样时不足以计算",
            f"(agreed − agreed by chance) ÷ (1 − agreed by chance); not enough below {MIN_PAIRS} talks",
        ),
        Unit.RATIO,
        HIGH,
        Taken(How.KAPPA, ("twice_agreed", "twice_passed_first", "twice_passed_second"), ("twice_scored",)),
        "twice_scored",
    )
