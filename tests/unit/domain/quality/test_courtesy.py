"""Apologies (C12), surnames (C13), promises (C14), and what is forbidden and what only sounds so (C4)."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from hotline.domain.quality import Finding, JudgedTalk, Stretch, evaluate, with_company
from hotline.domain.recordings.transcript import Word
from tests.support.speech import a_talk, default_rules, levels, say

RULES = with_company(default_rules(), "公司")


def found(talk: JudgedTalk, rule: str) -> list[Finding]:
    return [finding for finding in evaluate(talk, RULES) if finding.rule == rule]


def ours(text: str, start: float = 20.0) -> tuple[Word, ...]:
    return say("请 讲", 6.0) + say(text, start)


# ---- C4
@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("这样 不行", "不行"),
        ("这个 我 不知道", "我不知道"),
        ("这个 我 不明白", "不明白"),
        ("我们 不能 退", "不能"),
        ("我 不能够 退", "我不能够"),
        ("我 不会 弄", "我不会"),
        ("我 不愿意 去", "我不愿意"),
    ],
)
def test_c4_the_regulations_own_words(text: str, phrase: str) -> None:
    [finding] = found(a_talk(our_words=ours(text)), "C4")
    assert (finding.kind, finding.words, finding.counts) == ("forbidden", phrase, True)
    assert 20.0 <= (finding.start or 0) < (finding.end or 0)


@pytest.mark.parametrize(
    "text",
    [
        "您 看 这样 行不行",
        "您 看 行 不 行",
        "能不能 留 个 电话",
        "会不会 是 线路",
        "您 知不知道 型号",
        "我 说 的 您 明不明白",
        "愿不愿意 等 一下",
        "您 不会 操作 没关系",
        "不知道 您 方便 吗",
        "还有 不明白 的 地方 吗",
        "以后 不会 再 这样",
        "步行 五 分钟",
        "在 外面 说话",
        "可 是 也 行 行",
    ],
)
def test_c4_what_only_sounds_forbidden_counts_for_nothing(text: str) -> None:
    assert not [f for f in found(a_talk(our_words=ours(text)), "C4") if f.counts]


def test_c4_a_short_word_that_was_written_otherwise_is_to_be_checked() -> None:
    """A recogniser may write 不行 as 步行, and somebody may have said 步行."""
    [finding] = found(a_talk(our_words=ours("步行 五 分钟")), "C4")
    assert finding.breach and not finding.counts


def test_c4_but_is_a_hint() -> None:
    [finding] = found(a_talk(our_words=ours("可是 我们 查 过 了")), "C4")
    assert (finding.kind, finding.counts, finding.words) == ("forbidden_hint", False, "可是")


@pytest.mark.parametrize("bare", ["喂", "说话", "您好", "喂 你好"])
def test_c4_nobody_opens_with_a_bare_hello(bare: str) -> None:
    talk = a_talk(our_words=say(bare, 6.0) + say("公司 为 您 服务", 10.0))
    [finding] = found(talk, "C4")
    assert (finding.kind, finding.counts, finding.start) == ("bare_opening", True, 6.0)


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        (say("您好 公司 为 您 服务", 6.0), {}),
        (say("您好", 6.0) + say("公司 为 您 服务", 8.0), {}),
        (say("您好", 6.0), {"transferred_in": True}),
        ((), {}),
    ],
)
def test_c4_a_hello_that_goes_on_is_none(words: tuple[Word, ...], fields: dict[str, Any]) -> None:
    assert found(dataclasses.replace(a_talk(our_words=words), **fields), "C4") == []


# ---- C12
def test_c12_a_complaint_hears_an_apology() -> None:
    [finding] = found(a_talk(our_words=ours("非常 抱歉 给 您 添 麻烦"), complaint=True), "C12")
    assert (finding.kind, finding.breach, finding.words, finding.start) == ("apology", False, "抱歉", 20.8)


def test_c12_without_one_it_is_a_breach() -> None:
    [finding] = found(a_talk(our_words=ours("好的 我 记下 了"), complaint=True), "C12")
    assert finding.breach and finding.counts and finding.note.startswith("抱歉")


def test_c12_is_asked_of_complaints_with_a_transcript_only() -> None:
    assert found(a_talk(our_words=ours("好的")), "C12") == []
    assert found(a_talk(complaint=True), "C12") == []


def test_c12_what_the_one_before_said_counts_and_a_prompt_does_not() -> None:
    before = a_talk(our_words=say("抱歉", 2.0) + say("好的", 20.0), complaint=True, before=(Stretch(0.0, 4.0),))
    prompt = a_talk(our_words=say("抱歉", 31.0), complaint=True, holds=(Stretch(30.0, 40.0),))
    greeting = a_talk(our_words=say("抱歉", 2.0) + say("好的", 20.0), complaint=True)
    assert [f.breach for f in found(before, "C12")] == [False]
    assert [f.breach for f in found(prompt, "C12")] == [True]
    assert [f.breach for f in found(greeting, "C12")] == [True], "said before anybody of ours was there"


def test_c12_is_asked_of_the_last_one_only_and_what_was_not_understood_is_to_be_checked() -> None:
    assert found(a_talk(our_words=ours("好的"), complaint=True, last=False), "C12") == []
    unintelligible = a_talk(our_words=(), levels=levels(65, [], [(5, 20)]), complaint=True)
    assert [(f.breach, f.counts) for f in found(unintelligible, "C12")] == [(True, False)]


# ---- C13
@pytest.mark.parametrize(
    ("text", "asked", "used"),
    [
        ("请问 您 贵姓 好的 王 先生", False, False),
        ("请问 怎么 称呼 您 好的 欧阳 女士", False, False),
        ("王 先生 您好", False, False),
        ("请问 您 贵姓 好的", False, True),
        ("请问 您 贵姓 好的 先生", False, True),
        ("这位 先生 请 讲", True, None),
        ("好的 我 记下 了", True, None),
    ],
)
def test_c13_asked_for_and_used(text: str, asked: bool, used: bool | None) -> None:
    got = {f.kind: f.breach for f in found(a_talk(our_words=ours(text)), "C13")}
    assert got == {"surname_asked": asked, **({} if used is None else {"surname_used": used})}


def test_c13_evidence_is_where_it_is_said() -> None:
    asked, used = found(a_talk(our_words=ours("您 贵姓", 20.0) + say("好的 王 先生", 30.0)), "C13")
    assert (asked.words, asked.start) == ("贵姓", 20.4)
    assert (used.words, used.start, used.end) == ("王先生", 30.8, 32.0)


def test_c13_is_not_asked_of_short_talks_nor_of_whoever_takes_over_nor_without_a_transcript() -> None:
    words = ours("好的")
    assert found(a_talk(29.0, our_words=words), "C13") == []
    assert found(a_talk(our_words=words, transferred_in=True), "C13") == []
    assert found(a_talk(), "C13") == []


# ---- C14
@pytest.mark.parametrize("word", ["保证", "绝对", "百分之百", "万无一失"])
def test_c14_each_time_is_to_be_looked_at(word: str) -> None:
    findings = found(a_talk(our_words=ours(f"我 {word} 修 好 我 {word}")), "C14")
    assert [(f.kind, f.breach, f.counts, f.words) for f in findings] == [("over_promising", True, False, word)] * 2


@pytest.mark.parametrize("text", ["这个 我 不能 保证", "请 带 上 保证书", "交 过 保证金 吗"])
def test_c14_what_promises_nothing(text: str) -> None:
    assert found(a_talk(our_words=ours(text)), "C14") == []


# ---- the call that we dial: C1, C2
def dialled(**fields: Any) -> JudgedTalk:
    talk = a_talk(dialled=True, name="李明", ringing=None)
    return dataclasses.replace(talk, **fields)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("王 先生 您好 这里是 公司 我 是 李明 给 您 回电", []),
        ("您好 公司 小李 关于 您 的 来电", []),
        ("您好 公司 我 姓李 您 反映 的 情况", []),
        ("您好 公司 工号 一 二 回复 您", []),
        ("您好 我 是 李明 给 您 回电", ["公司"]),
        ("您好 公司 给 您 回电", ["李明|小李|姓李|工号"]),
        ("您好 公司 我 是 李明", ["回电|回复|回访|来电|致电|反映|咨询|投诉|您的问题|您的订单"]),
        (
            "您好 公司 很 高兴 为 您 服务",
            ["李明|小李|姓李|工号", "回电|回复|回访|来电|致电|反映|咨询|投诉|您的问题|您的订单"],
        ),
    ],
)
def test_c1_of_a_call_that_we_dial_company_own_name_and_reason(text: str, missing: list[str]) -> None:
    [finding] = found(dialled(our_words=say(text, 6.0)), "C1")
    assert (finding.breach, finding.note, finding.start) == (bool(missing), " / ".join(missing), 6.0)


def test_c1_whose_name_nobody_can_hear_need_not_say_it() -> None:
    [finding] = found(a_talk(dialled=True, name="Bob", our_words=say("您好 公司 给 您 回电", 6.0)), "C1")
    assert (finding.breach, finding.limit) == (False, 2)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("打扰 您 了 感谢 您 的 支持 再见", []),
        ("感谢 您 的 支持 再见", ["打扰您|打扰了|麻烦您|耽误您"]),
        ("打扰 您 了 再见", ["感谢|谢谢"]),
        ("打扰 您 了 谢谢", ["再见"]),
        ("请问 还有 其他 问题 吗 感谢 您 的 来电 再见", ["打扰您|打扰了|麻烦您|耽误您"]),
    ],
)
def test_c2_of_a_call_that_we_dial_sorry_thanks_and_goodbye(text: str, missing: list[str]) -> None:
    [finding] = found(dialled(our_words=say("您好 公司", 6.0) + say(text, 52.0), hung_up_at=70.0), "C2")
    assert (finding.breach, finding.note) == (bool(missing), " / ".join(missing))


def test_the_customers_words_are_theirs() -> None:
    """C1, C2, C4, C12 to C14 look at our side alone."""
    theirs = say("您好 公司 李明 回电 打扰 您 了 谢谢 再见 我 不知道 保证 抱歉 您 贵姓 王 先生", 50.0)
    talk = dialled(our_words=say("嗯 好的", 6.0), caller_words=theirs, complaint=True)
    broken = {(f.rule, f.kind) for f in evaluate(talk, RULES) if f.breach}
    assert {("C1", "opening"), ("C2", "closing"), ("C12", "apology"), ("C13", "surname_asked")} <= broken
    assert not {"C4", "C14"} & {rule for rule, _kind in broken}


@pytest.mark.parametrize("we", [True, False])
def test_c3_holds_for_a_call_that_we_dial_as_well(we: bool) -> None:
    words = say("再见", 50.0)
    [finding] = found(dialled(our_words=words, we_hung_up=we, hung_up_at=words[-1].end + 1), "C3")
    assert finding.breach is we


def test_a8_is_never_asked_of_a_call_that_we_dial() -> None:
    assert found(dialled(our_words=say("您好", 6.0)), "A8") == []
